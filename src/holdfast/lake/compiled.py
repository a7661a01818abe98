"""Compiled queries, kept from one process to the next: compiling takes longer than most of them run."""

from __future__ import annotations

import atexit
import sqlite3
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from .fingerprint import Fingerprint, Moment
from .text_places import filled, with_places

MOST = 5_000
"""Texts that are kept; of more in the file the oldest go first."""
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
            self._texts = self._read(file)
            atexit.register(self.keep)

    def text(self, fingerprint: Fingerprint, compile_: Callable[[Mapping[Moment, int] | None], str]) -> str:
        """The text of the query with that fingerprint.

        ``compile_`` is asked where its form is not known; it puts places for the moments that it is given.
        """
        if fingerprint.alone:
            return compile_(None)
        kept = self._texts.get(fingerprint.digest)
        if kept is not None:
            return filled(zlib.decompress(kept).decode(), fingerprint)
        text = with_places(compile_(fingerprint.moments), fingerprint)
        if text is None:
            return compile_(None)
        if len(self._texts) >= MOST:
            self._texts.clear()
        self._texts[fingerprint.digest] = self._new[fingerprint.digest] = zlib.compress(text.encode(), 1)
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

    def _read(self, file: Path) -> dict[str, bytes]:
        if not file.is_file():
            return {}
        try:
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5) as database:
                rows = database.execute("SELECT digest, text FROM compiled WHERE tools = ?", (self._tools,))
                return {digest: text for digest, text in rows if zlib.decompress(text)}
        except (sqlite3.Error, zlib.error):
            with suppress(OSError):
                file.unlink()
            return {}


_open: dict[Path | None, Compiled] = {}
_guard = Lock()


def compiled_of(file: Path | None) -> Compiled:
    """The texts that are kept in ``file``, or in memory alone: all engines of a process share them."""
    with _guard:
        if file not in _open:
            _open[file] = Compiled(file)
        return _open[file]


TABLE = (
    "CREATE TABLE IF NOT EXISTS compiled (tools TEXT NOT NULL, digest TEXT NOT NULL, text BLOB NOT NULL, "
    "PRIMARY KEY (tools, digest))"
)
