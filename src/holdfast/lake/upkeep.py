"""Finding harm and leftovers in the lake: files that changed, files that no commit names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import pyarrow.parquet as pq

from holdfast.failpoint import failpoint

from .delta_table import LakeTable, file_checksum


def damaged(table: LakeTable) -> list[str]:
    """Files of the newest version that are missing or whose content does not match their name."""
    if not table.exists:
        return []
    return [str(p) for p in table.paths() if not p.is_file() or file_checksum(p) != p.stem]


def orphans(table: LakeTable) -> list[Path]:
    """Data files below the table that no commit ever named: what a killed run left behind."""
    if not table.folder.is_dir():
        return []
    named = _named(table.folder / "_delta_log")
    present = (p for p in table.folder.rglob("*.parquet") if "_delta_log" not in p.parts)
    return sorted(p for p in present if str(p.relative_to(table.folder)) not in named)


def clean_up(table: LakeTable, bound: Iterable[int]) -> list[Path]:
    """Remove the files that neither the newest version nor a version of ``bound`` holds; which they were.

    Only files that a commit once named are removed: what waits for its commit is never touched. Call it
    while the run lock is held, with every version that a kept run binds. ``persons`` and ``texts`` spare no
    old version: pass none.
    """
    if not table.exists:
        return []
    kept = {path for version in {None, *bound} for path in table.paths(version)}
    named = (table.folder / path for path in _named(table.folder / "_delta_log"))
    gone = sorted(path for path in named if path not in kept and path.is_file())
    for path in gone:
        failpoint(f"lake.{table.name}.before_clean_up")
        path.unlink()
    return gone


def clear_staging(folder: Path) -> int:
    """Remove everything under the staging folder; how many entries there were."""
    if not folder.is_dir():
        return 0
    entries = list(folder.iterdir())
    for entry in entries:
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    return len(entries)


def _named(log: Path) -> set[str]:
    paths: set[str] = set()
    for file in log.glob("*.json"):
        for line in file.read_text(encoding="utf-8").splitlines():
            action = json.loads(line)
            paths |= {action[kind]["path"] for kind in ("add", "remove") if kind in action}
    for file in log.glob("*.checkpoint*.parquet"):
        rows = pq.read_table(file)
        for kind in ("add", "remove"):
            if kind in rows.column_names:
                paths |= {r["path"] for r in rows[kind].to_pylist() if r}
    return {unquote(path) for path in paths}
