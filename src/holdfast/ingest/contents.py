"""What tells files apart, kept from one run to the next: a file that nobody has touched is not read again."""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path

SETTLED_NS = 2_000_000_000
"""A file that changed so short a time ago may change again within one tick of its clock: it is not trusted yet."""
_BLOCK = 1 << 20
Stamp = list[int]


class Contents:
    """Digests of files, kept in ``file`` beside what the file system says of each: place, size, times of change.

    The time of a file's last change of any kind cannot be set back, so a file that was written over with another of
    the same size and date is read anew. ``file`` is only a help: where it cannot be read or written, all files are.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known = _read(file)
        self._asked: dict[str, list[int | str]] = {}

    def of(self, path: Path) -> str:
        """SHA-256 of the file's bytes, in hex. Raises OSError."""
        before = _stamp(path)
        *stamp, kept = self._known.get(str(path), [""])
        content = str(kept) if stamp == before else content_of(path)
        if _stamp(path) == before and time.time_ns() - before[-1] > SETTLED_NS:
            self._asked[str(path)] = [*before, content]
        return content

    def keep(self) -> None:
        """Write what was asked for since the beginning to the file; all else is forgotten."""
        if self._asked == self._known:
            return
        beside = self._file.with_suffix(".new")
        with suppress(OSError):
            beside.write_text(json.dumps(self._asked), encoding="utf-8")
            beside.replace(self._file)


def content_of(file: Path) -> str:
    """SHA-256 of the file's bytes, in hex."""
    digest = hashlib.sha256()
    with open(file, "rb") as opened:
        while block := opened.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _stamp(path: Path) -> Stamp:
    found = os.stat(path)
    return [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _read(file: Path) -> dict[str, list[int | str]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    sound = isinstance(found, dict) and all(isinstance(known, list) and known for known in found.values())
    return found if sound else {}
