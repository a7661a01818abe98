"""SQLite, through Python's own driver."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from .cell_text import cell_text
from .header import check_header
from .raw_chunk import RawChunk
from .text_rows import Row, text_rows


@contextmanager
def read_sqlite(path: Path, query: str, decimal: str = ".") -> Iterator[tuple[tuple[str, ...], Iterator[RawChunk]]]:
    """The columns and rows of ``query``; the database is opened for reading only.

    Its numbers are written with the sign ``decimal``, as the texts beside them are.
    """
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as con:
        con.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        cursor = con.execute(query)
        columns = check_header([entry[0] for entry in cursor.description or ()], path)
        yield columns, text_rows(_rows(cursor, decimal), columns)


def _rows(cursor: sqlite3.Cursor, decimal: str) -> Iterator[Row]:
    for number, row in enumerate(cursor, start=1):
        yield number, [cell_text(value, decimal) for value in row]
