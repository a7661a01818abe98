"""Rows of texts, collected one by one, as chunks of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from . import limits
from .cell_text import json_text
from .raw_chunk import RawChunk, RawReject

Row = tuple[int, Sequence[str | None]]


def text_rows(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[RawChunk]:
    """Chunks of ``rows``, each a line number and one text a column; at least one chunk.

    A text that is not valid Unicode or too long makes its row a reject.
    """
    held: list[Row] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(map(len, filter(None, row[1])))
        if len(held) == limits.MAX_CHUNK_ROWS or size > limits.BLOCK_BYTES:
            yield _chunk(held, columns)
            held, size = [], 0
    yield _chunk(held, columns)


def _chunk(rows: list[Row], columns: Sequence[str]) -> RawChunk:
    rejects = []
    if not all(_readable(row) for row in rows):
        rejects = [_unreadable(row, columns) for row in rows if not _readable(row)]
        rows = [row for row in rows if _readable(row)]
    lines = pa.array([line for line, _ in rows], pa.int64())
    arrays = [pa.array([row[i] for _, row in rows], pa.string()) for i in range(len(columns))]
    table = pa.Table.from_arrays(arrays, names=list(columns))
    return RawChunk(table, lines, lines, lambda i: row_json(columns, rows[i][1]), rejects)


def row_json(columns: Sequence[str], values: Sequence[object]) -> bytes:
    """The raw form of a row that has no line: a JSON object."""
    text = json_text(dict(zip(columns, values, strict=True)))
    return text.encode("utf-8", "replace")


def _readable(row: Row) -> bool:
    return all(value is None or (len(value) <= limits.MAX_LINE_BYTES and _encodes(value)) for value in row[1])


def _encodes(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _unreadable(row: Row, columns: Sequence[str]) -> RawReject:
    line, values = row
    for name, value in zip(columns, values, strict=True):
        if value is not None and len(value) > limits.MAX_LINE_BYTES:
            detail = f"longer than {limits.MAX_LINE_BYTES:,} characters"
            raw = row_json(columns, values)[: limits.KEPT_RAW_BYTES]
            return RawReject(line, line, "too_long", detail, raw, name)
    column = next(name for name, value in zip(columns, values, strict=True) if value and not _encodes(value))
    return RawReject(line, line, "bad_encoding", "the value is not Unicode text", row_json(columns, values), column)
