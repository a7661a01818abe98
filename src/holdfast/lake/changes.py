"""What a table gained between two of its versions, told by its log alone."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

from .delta_table import LakeTable


def added(table: LakeTable, since: int, upto: int) -> list[Path] | None:
    """The files with new rows that were committed after version ``since`` and up to ``upto``, in order.

    Files that hold the rows of others anew, as compaction makes them, are no news. None where it cannot be
    told: rows were taken away, part of the log is gone, or a file was merged and removed since.
    """
    found: list[Path] = []
    for version in range(since + 1, upto + 1):
        entry = table.folder / "_delta_log" / f"{version:020d}.json"
        if not entry.is_file():
            return None
        for line in entry.read_text(encoding="utf-8").splitlines():
            action = json.loads(line)
            if action.get("remove", {}).get("dataChange"):
                return None
            if action.get("add", {}).get("dataChange"):
                found.append(table.folder / unquote(action["add"]["path"]))
    return sorted(found) if all(path.is_file() for path in found) else None
