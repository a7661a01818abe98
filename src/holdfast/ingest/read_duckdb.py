"""DuckDB files, read only; the columns keep their types."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from . import limits
from .arrow_rows import arrow_rows
from .header import check_header
from .raw_chunk import RawChunk


@contextmanager
def read_duckdb(path: Path, query: str) -> Iterator[tuple[tuple[str, ...], Iterator[RawChunk]]]:
    """The columns and rows of ``query``. The query reaches this file only: no other files, no network."""
    config = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "enable_external_access": "false",
        "memory_limit": "512MB",
    }
    with closing(duckdb.connect(str(path), read_only=True, config=config)) as con:  # type: ignore[arg-type]
        con.execute("SET TimeZone = 'UTC'")
        batches = con.execute(query).to_arrow_reader(limits.MAX_CHUNK_ROWS)
        columns = check_header(batches.schema.names, path)
        yield columns, arrow_rows(batches, list(columns))
