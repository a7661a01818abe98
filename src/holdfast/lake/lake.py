"""The lake: the tables of one workspace, and snapshots bound to their versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.records import RECORDS, TEXT_MARK

from .delta_table import LakeTable
from .engine import Engine
from .snapshot import Snapshot
from .stored import ROLLUP, stored_schema
from .text_marks import MARKS, TEXT_MARKS, text_mark_rows, without_table


class Lake:
    """The folder with one Delta table a record, the vault tables, the roll-ups and the published tables.

    ``read`` adds up the bytes of the files that were opened, by table.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: Counter[str] = Counter()

    def table(self, name: str) -> LakeTable:
        """The table called ``name``; it need not exist yet."""
        return LakeTable(self.folder, name, self.read)

    def versions(self) -> dict[str, int]:
        """The newest version of every table that exists."""
        if not self.folder.is_dir():
            return {}
        tables = (self.table(p.name) for p in sorted(self.folder.iterdir()) if p.is_dir())
        return {t.name: version for t in tables if (version := t.version()) is not None}

    def snapshot(
        self,
        engine: Engine,
        versions: Mapping[str, int],
        zone: str = "UTC",
        masters: Mapping[str, str] | None = None,
    ) -> Snapshot:
        """The records and roll-ups as they stand in ``versions``; records not named there are empty."""

        def read(name: str, schema: pa.Schema) -> ir.Table:
            version = versions.get(name)
            files = [] if version is None else self.table(name).files(version)
            return engine.parquet(files, schema)

        def rows_of(record: str) -> ir.Table:
            if record == TEXT_MARK.name:
                return text_mark_rows(rows_of, read(TEXT_MARKS, MARKS))
            return read(record, stored_schema(RECORDS[record]))

        def rollup_of(name: str) -> ir.Table:
            files = self.table(name).files(versions[name])
            return engine.parquet(files, file_schema(files))

        rollups = {name: rollup_of for name in versions if name.startswith(ROLLUP)}
        return Snapshot(engine, rows_of, zone, masters, rollups, absent=without_table(versions))


def file_schema(files: Sequence[str | Path]) -> pa.Schema:
    """All columns of the files, each with the type that it has in any of them."""
    schemas = [pq.read_schema(file).remove_metadata() for file in files]
    return pa.unify_schemas(schemas, promote_options="permissive")
