"""Upkeep of the whole lake after a run: small files merged, files that no kept version holds removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from holdfast.records import RECORDS

from .compact import FEW, compact
from .lake import Lake
from .layout import append_order
from .packed import physical_schema
from .stored import PERSONS, TEXTS
from .upkeep import clean_up


@dataclass(frozen=True)
class Tidied:
    """What upkeep did: files that were merged, files removed, and their size in bytes."""

    merged: int
    removed: int
    bytes_removed: int


def tidy(
    lake: Lake, con: duckdb.DuckDBPyConnection, staging: Path, bound: Mapping[str, Iterable[int]], *, few: int = FEW
) -> Tidied:
    """Merge the small files of append records, then clean up.

    ``bound`` says for each table which versions the kept runs bind. A table that is not named there is left
    alone; ``persons`` and ``texts`` keep their newest version only, whatever is bound. Call it while the
    run lock is held and nothing is staged.
    """
    merged = sum(
        compact(lake.table(r.name), con, physical_schema(r), append_order(r), staging, few=few)
        for r in RECORDS.values() if r.append
    )
    removed = size = 0
    for name in sorted({*bound, PERSONS, TEXTS}):
        table = lake.table(name)
        sizes = {p: p.stat().st_size for p in table.folder.rglob("*.parquet")} if table.exists else {}
        gone = clean_up(table, () if name in (PERSONS, TEXTS) else bound[name])
        removed += len(gone)
        size += sum(sizes[path] for path in gone)
    return Tidied(merged, removed, size)
