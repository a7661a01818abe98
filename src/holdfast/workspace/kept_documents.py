"""Documents of accounts that were made ahead of their readers: one compressed text an account, without names."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import holdfast

from .published import Published

FILE = "documents.sqlite3"
_MADE = "CREATE TABLE IF NOT EXISTS documents (account_id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID"
WAIT = 5.0
"""Seconds to wait for who is writing."""


class KeptDocuments:
    """What is kept in ``file`` of one publish under the definitions at hand. What cannot be read is not kept."""

    def __init__(self, published: Published) -> None:
        parts = [published.publish.pk, published.publish.run_id, published.site.definitions.hash, holdfast.__version__]
        key = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
        self.file = published.site.data / "cache" / key / FILE

    def get(self, account_id: str) -> dict[str, Any] | None:
        """The document of an account; None where it is not kept."""
        if not self.file.is_file():
            return None
        try:
            with self._open() as connection:
                row = connection.execute("SELECT body FROM documents WHERE account_id = ?", [account_id]).fetchone()
            found: dict[str, Any] | None = None if row is None else json.loads(zlib.decompress(row[0]))
        except (sqlite3.Error, zlib.error, ValueError):
            return None
        return found

    def known(self) -> set[str]:
        """The accounts whose documents are kept."""
        if not self.file.is_file():
            return set()
        try:
            with self._open() as connection:
                return {account for (account,) in connection.execute("SELECT account_id FROM documents")}
        except sqlite3.Error:
            self.file.unlink()
            return set()

    def put(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep documents by account."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        rows = [(account, zlib.compress(json.dumps(one).encode(), 6)) for account, one in documents.items()]
        with self._open() as connection:
            connection.execute(_MADE)
            connection.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?)", rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.file, timeout=WAIT)) as connection, connection:
            yield connection
