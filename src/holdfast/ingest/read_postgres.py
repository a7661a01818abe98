"""PostgreSQL, through psycopg 3 and a cursor on the server, so that no table need fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from holdfast.errors.ingest import SqlSetting

from .cell_text import cell_text
from .header import check_header
from .raw_chunk import RawChunk
from .text_rows import Row, text_rows

FETCH = 5_000


@contextmanager
def read_postgres(url: str, query: str, decimal: str = ".") -> Iterator[tuple[tuple[str, ...], Iterator[RawChunk]]]:
    """The columns and rows of ``query`` in one read-only transaction.

    Its numbers are written with the sign ``decimal``, as the texts beside them are.
    """
    try:
        import psycopg
    except ImportError as error:
        what = "the driver for PostgreSQL is not installed"
        raise SqlSetting(source="postgresql", what=what, fix="pip install 'holdfast[postgres]'") from error

    with psycopg.connect(url, connect_timeout=10) as con:
        con.read_only = True
        con.execute("SET TIME ZONE 'UTC'")
        with con.cursor(name="holdfast") as cursor:
            cursor.itersize = FETCH
            cursor.execute(query)
            names = [entry.name for entry in cursor.description or ()]
            columns = check_header(names, Path("the query"))
            yield columns, text_rows(_rows(cursor, decimal), columns)


def _rows(cursor: Any, decimal: str) -> Iterator[Row]:
    for number, row in enumerate(cursor, start=1):
        yield number, [cell_text(value, decimal) for value in row]
