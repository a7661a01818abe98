"""One whole file as a table of texts, for tables that are read without a source."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from .raw_chunk import RawReject
from .source_rows import Reading, format_of, open_rows

LINE = "_line"


def read_rows(
    path: Path,
    format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> pa.Table:
    """All rows of a CSV, JSON lines, Parquet or spreadsheet file: text columns and ``_line`` (int64).

    Values are as the file has them, typed ones in plain form (ISO dates, numbers with a point). Rows that
    cannot be read are left out; ``read_rows_and_rejects`` gives them too.
    """
    return read_rows_and_rejects(path, format, encoding, delimiter, sheet)[0]


def read_rows_and_rejects(
    path: Path,
    format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> tuple[pa.Table, list[RawReject]]:
    """The table of ``read_rows``, and the rows that cannot be split into fields."""
    tables, rejects = [], []
    reading = Reading(encoding, delimiter, sheet)
    with open_rows(path, format_of(path, format), reading) as rows:
        names = list(rows.columns)
        for chunk in rows.chunks:
            columns = [_text(column) for column in chunk.table.columns]
            table = pa.table(columns, names=chunk.table.schema.names).append_column(LINE, chunk.lines)
            tables.append(table)
            rejects.extend(chunk.rejects)
    empty = pa.schema([*((name, pa.string()) for name in names), (LINE, pa.int64())]).empty_table()
    return pa.concat_tables([empty, *tables], promote_options="default"), rejects


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_floating(kind) or pa.types.is_nested(kind) or pa.types.is_binary(kind):
        from .cell_text import cell_text

        return pa.chunked_array([pa.array([cell_text(v) for v in column.to_pylist()], pa.string())])
    return pc.cast(column, pa.string())
