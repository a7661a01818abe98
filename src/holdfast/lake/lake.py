"""The lake: the tables of one workspace, and snapshots bound to their versions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from holdfast.records import RECORDS, TEXT_MARK

from .delta_table import LakeTable
from .engine import Engine
from .snapshot import Snapshot
from .stored import stored_schema
from .text_marks import MARKS, TEXT_MARKS, text_mark_rows


class Lake:
    """The folder with one Delta table a record, the vault tables and the published tables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def table(self, name: str) -> LakeTable:
        """The table called ``name``; it need not exist yet."""
        return LakeTable(self.folder, name)

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
        """The records as they stand in ``versions``; tables not named there are empty."""

        def read(name: str, schema: pa.Schema) -> ir.Table:
            version = versions.get(name)
            files = [] if version is None else self.table(name).files(version)
            return engine.parquet(files, schema)

        def rows_of(record: str) -> ir.Table:
            if record == TEXT_MARK.name:
                return text_mark_rows(rows_of, read(TEXT_MARKS, MARKS))
            return read(record, stored_schema(RECORDS[record]))

        return Snapshot(engine, rows_of, zone, masters)
