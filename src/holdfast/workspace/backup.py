"""A workspace in one file: definitions, tables, state and keys as they stand together at one moment."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Literal

import holdfast
from holdfast.clock import now
from holdfast.definitions.files import is_definition
from holdfast.errors.workspace import StateElsewhere, WrongOption
from holdfast.failpoint import failpoint
from holdfast.pipeline.site import Site
from holdfast.state.lock import only_run

DATA = ".holdfast"
STATE = f"{DATA}/state.sqlite3"
KEYS = (f"{DATA}/secret.key", f"{DATA}/web.key")
ANCHORS = f"{DATA}/audit-anchors.jsonl"
"""Copied before the database, which then has every entry that they name."""
LAKE = f"{DATA}/lake/"
MANIFEST = "manifest.json"
"""The last entry: every other one with its checksum. A file that was cut off has none."""


def backup(site: Site, target: Path) -> dict[str, Any]:
    """Write ``target``, a tar file that only its owner may read; an older one stays until the new one is whole.

    No run goes on meanwhile. Raw exports are not in it. Raises RunInProgress, WrongOption where
    there is no folder to write to, and StateElsewhere where the state lies in a database server.
    """
    if not target.parent.is_dir():
        raise WrongOption(
            option="FILE", value=str(target), reason="its folder does not exist", hint=f"mkdir -p {target.parent}"
        )
    if site.definitions.settings.database:
        raise StateElsewhere(target=str(target))
    site.open_state()
    part = target.with_name(f".{target.name}.part")
    try:
        with only_run(site.data), tempfile.TemporaryDirectory(prefix="holdfast-backup-") as beside:
            noted = [(ANCHORS, Path(shutil.copy(path, beside))) for path in (site.folder / ANCHORS,) if path.is_file()]
            state = _state(site.data / "state.sqlite3", Path(beside) / "state.sqlite3")
            written = _write(part, [*_files(site), *noted, (STATE, state)])
        failpoint("backup.before_rename")
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return {"file": str(target), "files": len(written), "bytes": target.stat().st_size}


def _files(site: Site) -> Iterator[tuple[str, Path]]:
    """What is kept, by the name that it has in the workspace."""
    single = [*site.folder.glob("*.yml"), *site.folder.glob("*/*.yml")]
    for path in sorted(single):
        if is_definition(name := path.relative_to(site.folder).as_posix()):
            yield name, path
    yield from ((name, site.folder / name) for name in KEYS if (site.folder / name).is_file())
    for path in sorted((site.folder / LAKE).rglob("*")):
        if path.is_file():
            yield path.relative_to(site.folder).as_posix(), path


def _state(stored: Path, copy: Path) -> Path:
    """The database as of one moment, whoever writes to it meanwhile."""
    source, target = sqlite3.connect(stored), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    return copy


def _write(part: Path, files: list[tuple[str, Path]]) -> dict[str, str]:
    checksums: dict[str, str] = {}
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
        for name, path in files:
            with open(path, "rb") as content:
                read = Hashed(content)
                entry = tarfile.TarInfo(name)
                entry.size = os.fstat(content.fileno()).st_size
                tar.addfile(entry, read)
            checksums[name] = read.digest.hexdigest()
        told = {"holdfast": holdfast.__version__, "made_at": now().isoformat(), "files": checksums}
        text = json.dumps(told, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
        raw.flush()
        os.fsync(raw.fileno())
    return checksums


class Hashed(io.RawIOBase):
    """A file that is read once, and the checksum of what was read."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content = content
        self.digest = hashlib.sha256()

    def readable(self) -> Literal[True]:
        """See RawIOBase."""
        return True

    def read(self, size: int = -1) -> bytes:
        """See RawIOBase."""
        found = self.content.read(size)
        self.digest.update(found)
        return found


def copied(content: IO[bytes], target: Path) -> str:
    """Write what ``content`` holds to a file that only its owner may read; its checksum."""
    target.parent.mkdir(parents=True, exist_ok=True)
    read = Hashed(content)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        shutil.copyfileobj(read, out)
    return read.digest.hexdigest()
