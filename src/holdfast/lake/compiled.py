"""Compiled queries, kept from one process to the next: compiling takes longer than most of them run."""

from __future__ import annotations

import atexit
import os
import sqlite3
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from .fingerprint import Fingerprint, Moment
from .text_places import filled, with_places

MOST = 5_000
"""Texts that are kept; of more in the file the oldest go first."""
AT_ONCE = 100
"""So many new texts are written at once, for other processes to find."""
FORM = "2"
"""How fingerprints and places are written: texts of another form are not read."""


class Compiled:
    """Query texts by the form of the query, in memory and, where ``file`` is given, in a small SQLite file.

    The file is only a help: where it cannot be read or written, queries are compiled as without it.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._texts: dict[str, bytes] = {}
        self._new: dict[str, bytes] = {}
        self._file = file
        self._tools = "-".join((FORM, *(version(name) for name in ("ibis-framework", "sqlglot", "duckdb"))))
        if file is not None:
            atexit.register(self.keep)

    def text(self, fingerprint: Fingerprint, compile_: Callable[[Mapping[Moment, int] | None], str]) -> str:
        """The text of the query with that fingerprint.

        ``compile_`` is asked where its form is not known; it puts places for the moments that it is given.
        """
        if fingerprint.alone:
            return compile_(None)
        text = self._known(fingerprint.digest)
        if text is None:
            text = with_places(compile_(fingerprint.moments), fingerprint)
            if text is None:
                return compile_(None)
            self._remember(fingerprint.digest, text)
        return filled(text, fingerprint)

    def keep(self) -> None:
        """Write what was compiled since the last time to the file; done by itself when the process ends."""
        if self._file is None or not self._new:
            return
        new, self._new = self._new, {}
        rows = [(self._tools, digest, text) for digest, text in new.items()]
        with suppress(sqlite3.Error, OSError), sqlite3.connect(self._file, timeout=5) as database:
            database.execute(TABLE)
            database.execute("DELETE FROM compiled WHERE tools <> ?", (self._tools,))
            database.executemany("INSERT OR IGNORE INTO compiled (tools, digest, text) VALUES (?, ?, ?)", rows)
            database.execute(
                "DELETE FROM compiled WHERE rowid <= (SELECT max(rowid) FROM compiled) - ?", (MOST,)
            )

    def _known(self, digest: str) -> str | None:
        kept = self._texts.get(digest) or self._read(digest)
        if kept is None:
            return None
        self._texts[digest] = kept
        return zlib.decompress(kept).decode()

    def _remember(self, digest: str, text: str) -> None:
        if len(self._texts) >= MOST:
            self._texts.clear()
        self._texts[digest] = self._new[digest] = zlib.compress(text.encode(), 1)
        if len(self._new) >= AT_ONCE:
            self.keep()

    def _read(self, digest: str) -> bytes | None:
        """The compressed text from the file, which is removed where it is broken."""
        if self._file is None or not self._file.is_file():
            return None
        try:
            with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=5)) as database:
                row = database.execute(
                    "SELECT text FROM compiled WHERE tools = ? AND digest = ?", (self._tools, digest)).fetchone()
                found: bytes | None = row and zlib.decompress(row[0]) and row[0]
                return found
        except sqlite3.OperationalError:
            return None
        except (sqlite3.Error, zlib.error):
            with suppress(OSError):
                self._file.unlink()
            return None


_open: dict[Path | None, Compiled] = {}
_guard = Lock()


def compiled_of(file: Path | None) -> Compiled:
    """The texts that are kept in ``file``, or in memory alone: all engines of a process share them.

    ``HOLDFAST_COMPILED`` names a file for all workspaces instead. Texts are run, so its folder must be ours alone to
    write to; else it is not used.
    """
    named = os.environ.get("HOLDFAST_COMPILED")
    file = Path(named) if named and _ours_alone(Path(named).parent) else file
    with _guard:
        if file not in _open:
            _open[file] = Compiled(file)
        return _open[file]


def _ours_alone(folder: Path) -> bool:
    try:
        held = folder.stat()
    except OSError:
        return False
    return held.st_uid == os.geteuid() and not held.st_mode & 0o022


TABLE = (
    "CREATE TABLE IF NOT EXISTS compiled (tools TEXT NOT NULL, digest TEXT NOT NULL, text BLOB NOT NULL, "
    "PRIMARY KEY (tools, digest))"
)
