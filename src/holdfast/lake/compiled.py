"""Compiled queries, kept from one process to the next: compiling takes longer than most of them run."""

from __future__ import annotations

import atexit
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

MOST = 20_000
"""Texts that are kept; when there are more, those that were asked for longest ago go first."""


class Compiled:
    """Query texts by fingerprint, in memory and, where ``file`` is given, in a small SQLite file.

    The file is only a help: where it cannot be read or written, queries are compiled as without it.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._texts: dict[str, str] = {}
        self._new: dict[str, str] = {}
        self._file = file
        self._tools = "-".join(version(name) for name in ("ibis-framework", "sqlglot", "duckdb"))
        if file is not None:
            self._texts = self._read(file)
            atexit.register(self.keep)

    def text(self, digest: str, compile_: Callable[[], str]) -> str:
        """The text of the query with that fingerprint, compiled where it is not known."""
        found = self._texts.get(digest)
        if found is None:
            found = self._texts[digest] = self._new[digest] = compile_()
        return found

    def keep(self) -> None:
        """Write what was compiled since the last time to the file; done by itself when the process ends."""
        if self._file is None or not self._new:
            return
        rows = [(self._tools, digest, zlib.compress(text.encode(), 1)) for digest, text in self._new.items()]
        with suppress(sqlite3.Error, OSError), sqlite3.connect(self._file, timeout=5) as database:
            database.execute(TABLE)
            database.execute("DELETE FROM compiled WHERE tools <> ?", (self._tools,))
            database.executemany("INSERT OR IGNORE INTO compiled (tools, digest, text) VALUES (?, ?, ?)", rows)
            database.execute(
                "DELETE FROM compiled WHERE rowid <= (SELECT max(rowid) FROM compiled) - ?", (MOST,)
            )
        self._new.clear()

    def _read(self, file: Path) -> dict[str, str]:
        if not file.is_file():
            return {}
        try:
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5) as database:
                rows = database.execute("SELECT digest, text FROM compiled WHERE tools = ?", (self._tools,))
                return {digest: zlib.decompress(text).decode() for digest, text in rows}
        except (sqlite3.Error, zlib.error, UnicodeDecodeError):
            with suppress(OSError):
                file.unlink()
            return {}


TABLE = (
    "CREATE TABLE IF NOT EXISTS compiled (tools TEXT NOT NULL, digest TEXT NOT NULL, text BLOB NOT NULL, "
    "PRIMARY KEY (tools, digest))"
)
