"""Many small files of a month into one of the same rows in the same order, by one commit."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from holdfast.errors.lake import CompactionDiffers
from holdfast.failpoint import failpoint

from .delta_table import LakeTable, StagedFile, file_checksum
from .layout import parquet

FEW = 8
"""files of one partition that stay as they are"""


def compact(
    table: LakeTable, con: duckdb.DuckDBPyConnection, schema: pa.Schema, order: str, staging: Path, *, few: int = FEW
) -> int:
    """Merge the files of each partition that has more than ``few``; how many files were merged.

    ``schema`` is the physical one and ``order`` SQL of the order within a file. The rows are the same before
    and after, which is checked before the commit counts; versions before it stay readable until
    ``clean_up``. Call it while the run lock is held. Raises DamagedFile, CompactionDiffers.
    """
    merged = 0
    for partition, files in _partitions(table).items():
        if len(files) > few:
            _merge(table, con, schema, order, staging / f"compact-{table.name}", partition, files)
            merged += len(files)
    return merged


def _partitions(table: LakeTable) -> dict[tuple[tuple[str, str], ...], list[Path]]:
    found: dict[tuple[tuple[str, str], ...], list[Path]] = defaultdict(list)
    for path in table.paths():
        parts = path.relative_to(table.folder).parts[:-1]
        found[tuple((k, v) for k, _, v in (p.partition("=") for p in parts))].append(path)
    return dict(sorted(found.items()))


def _merge(
    table: LakeTable, con: duckdb.DuckDBPyConnection, schema: pa.Schema, order: str, folder: Path,
    partition: tuple[tuple[str, str], ...], files: Sequence[Path],
) -> None:
    table.opened(files)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    target = folder / "merged.parquet"
    names = ", ".join(f'"{name}"' for name in schema.names)
    before = f"SELECT {names} FROM {_read(files)}"
    failpoint(f"compact.{table.name}.before_write")
    con.execute(f"COPY ({before} ORDER BY {order}) TO '{_text(target)}' ({parquet(schema)})")
    failpoint(f"compact.{table.name}.after_write")
    if (was := _told(con, before)) != (now := _told(con, f"SELECT {names} FROM {_read([target])}")):
        raise CompactionDiffers(table=table.name, before=was[0], after=now[0])
    app = "compact:" + file_checksum(target)
    partition_by = [name for name, _ in partition]
    table.commit(
        [StagedFile(target, dict(partition))], schema, app, partition_by=partition_by, instead_of=files
    )
    failpoint(f"compact.{table.name}.after_commit")
    shutil.rmtree(folder)


def _told(con: duckdb.DuckDBPyConnection, query: str) -> tuple[int, int]:
    """Number of rows, and a sum that tells them from others whatever their order."""
    rows, total = con.execute(f"SELECT count(*), sum(hash(t)::HUGEINT) FROM ({query}) t").fetchall()[0]
    return int(rows), int(total or 0)


def _read(files: Sequence[Path]) -> str:
    listed = ", ".join(f"'{_text(path)}'" for path in files)
    return f"read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"


def _text(path: Path) -> str:
    return str(path).replace("'", "''")
