"""A workspace from a backup, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
from pathlib import Path, PurePosixPath
from typing import Any

from holdfast.definitions.files import is_definition
from holdfast.errors.workspace import BackupDamaged, FolderInUse
from holdfast.failpoint import failpoint

from .backup import ANCHORS, KEYS, LAKE, MANIFEST, STATE, copied


def restore(file: Path, folder: Path) -> dict[str, Any]:
    """Make ``folder``, which must not exist or be empty, from a backup. Every byte is checked before it appears.

    Raises FolderInUse and BackupDamaged; the folder is then as it was.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUse(folder=str(folder), file=str(file))
    if not file.is_file():
        raise BackupDamaged(file=str(file), reason="there is no such file")
    beside = folder.resolve().with_name(f".{folder.resolve().name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        beside.mkdir(parents=True)
        made_at, count = _unpack(file, beside)
        _check_state(file, beside / STATE)
        _check_tables(file, beside / LAKE)
        failpoint("restore.before_rename")
        if folder.exists():
            folder.rmdir()
        os.rename(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return {"folder": str(folder), "files": count, "made_at": made_at}


def _unpack(file: Path, beside: Path) -> tuple[str, int]:
    """Write the entries below ``beside``; when the backup was made, and how many files it holds."""
    found: dict[str, str] = {}
    try:
        with tarfile.open(file, mode="r:") as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isreg() else None
                if content is None or not _ours(entry.name) or entry.name in found:
                    raise BackupDamaged(file=str(file), reason=f"{entry.name!r} is no part of a workspace")
                if entry.name == MANIFEST:
                    return _compared(file, json.load(content), found)
                found[entry.name] = copied(content, beside / entry.name)
    except (tarfile.TarError, ValueError, KeyError) as error:
        raise BackupDamaged(file=str(file), reason=f"it cannot be read as a backup ({error})") from error
    raise BackupDamaged(file=str(file), reason="its end is missing")


def _ours(name: str) -> bool:
    """Whether a backup holds a file of this name: never one outside the folder."""
    parts = PurePosixPath(name).parts
    if name != "/".join(parts) or not parts or parts[0] == "/" or ".." in parts:
        return False
    return name in (MANIFEST, STATE, ANCHORS, *KEYS) or name.startswith(LAKE) or is_definition(name)


def _compared(file: Path, told: dict[str, Any], found: dict[str, str]) -> tuple[str, int]:
    wanted: dict[str, str] = told["files"]
    for name in sorted({*wanted, *found}):
        if wanted.get(name) != found.get(name):
            raise BackupDamaged(file=str(file), reason=f"{name} is not as it was saved")
    return str(told["made_at"]), len(found)


def _check_state(file: Path, state: Path) -> None:
    connection = sqlite3.connect(f"file:{state}?mode=ro", uri=True)
    try:
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        answer = str(error)
    finally:
        connection.close()
    if answer != "ok":
        raise BackupDamaged(file=str(file), reason=f"its state database is broken ({answer})")


def _check_tables(file: Path, lake: Path) -> None:
    from holdfast.lake import Lake
    from holdfast.lake.upkeep import damaged

    stored = Lake(lake)
    for name in sorted(stored.versions()):
        for path in damaged(stored.table(name)):
            raise BackupDamaged(file=str(file), reason=f"{Path(path).relative_to(lake)} was damaged when it was saved")
