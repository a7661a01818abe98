"""Named sets of rows that grow: in a temporary table while they are few, in Parquet files from there on."""

from __future__ import annotations

from pathlib import Path

import duckdb

from .content_hash import quoted, text_literal

_LARGE = 250_000
"""rows of one set that stay in memory"""


class RowStore:
    """Each set is added to by queries and read back as SQL. One store at a time uses a connection."""

    def __init__(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.con = con
        self.folder = folder
        self._files: dict[str, list[str]] = {}
        self._rows: dict[str, int] = {}

    def has(self, name: str) -> bool:
        """Whether anything was added to the set."""
        return name in self._files

    def add(self, name: str, query: str) -> None:
        """Add the rows of ``query``. All queries of a set give the same columns."""
        if self._files.setdefault(name, []) and name not in self._rows:
            self._to_file(name, query)
            return
        table = _table(name)
        into = f"INSERT INTO {table}" if name in self._rows else f"CREATE OR REPLACE TEMP TABLE {table} AS"
        added = self.con.execute(f"{into} {query}").fetchall()[0][0]
        self._rows[name] = self._rows.get(name, 0) + int(added)
        if self._rows[name] > _LARGE:
            self._to_file(name, f"FROM {_table(name)}")

    def read(self, name: str) -> str:
        """SQL of all rows of the set."""
        parts = [f"SELECT * FROM {_table(name)}"] if name in self._rows else []
        if files := self._files[name]:
            parts.append(f"SELECT * FROM read_parquet([{', '.join(map(text_literal, files))}])")
        return " UNION ALL BY NAME ".join(parts)

    def replace(self, name: str, query: str) -> None:
        """Put the rows of ``query``, which may read the set, in place of those of the set."""
        if self._files[name]:
            before = self._files[name]
            self._files[name] = []
            self._to_file(name, query, f"whole.{len(before)}")
            return
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE replacing_rows AS {query}")
        self.con.execute(f"DROP TABLE {_table(name)}; ALTER TABLE replacing_rows RENAME TO {_table(name)}")

    def close(self) -> None:
        """Drop the tables; the files are below the folder, whose owner removes it."""
        for name in self._rows:
            self.con.execute(f"DROP TABLE IF EXISTS {_table(name)}")
        self._rows, self._files = {}, {}

    def _to_file(self, name: str, query: str, stem: str = "") -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        files = self._files[name]
        target = str(self.folder / f"{name}.{stem}{len(files)}.parquet")
        self.con.execute(f"COPY ({query}) TO {text_literal(target)} (FORMAT parquet)")
        if name in self._rows:
            self.con.execute(f"DROP TABLE {_table(name)}")
            del self._rows[name]
        files.append(target)


def _table(name: str) -> str:
    return quoted(f"stored {name}")
