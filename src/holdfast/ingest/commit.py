"""Staged files into the lake: each table once, however often it is tried, and read back before it counts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from holdfast.errors.batch import CommitNotReadBack
from holdfast.failpoint import failpoint
from holdfast.lake import Lake, StagedFile
from holdfast.lake.delta_table import file_checksum, verify

from .batch_files import schemas


def commit_tables(lake: Lake, staged: Mapping[str, Any]) -> None:
    """Commit every table of the manifest ``staged`` (tables, app)."""
    forms = schemas(list(staged["tables"]))
    for name, entries in staged["tables"].items():
        table = lake.table(name)
        if table.has(staged["app"]):
            continue
        schema, partition_by = forms[name]
        files = [StagedFile(Path(e["path"]), e["partition"]) for e in entries]
        failpoint(f"ingest.{name}.before_commit")
        table.commit(files, schema, staged["app"], partition_by=partition_by)
        for entry in entries:
            _read_back(table.folder, entry)
        failpoint(f"ingest.{name}.after_commit")


def complete(lake: Lake, staged: Mapping[str, Any]) -> bool:
    """Whether the manifest can still be committed: each file is there or its table is committed."""
    return all(
        lake.table(name).has(staged["app"]) or all(Path(e["path"]).exists() for e in entries)
        for name, entries in staged["tables"].items()
    )


def _read_back(folder: Path, entry: Mapping[str, Any]) -> None:
    parts = [f"{k}={v}" for k, v in entry["partition"].items()]
    placed = folder.joinpath(*parts, f"{file_checksum(Path(entry['path']))}.parquet")
    verify(placed)
    rows = pq.read_metadata(placed).num_rows
    if rows != entry["rows"]:
        raise CommitNotReadBack(path=str(placed), expected=entry["rows"], found=rows)
