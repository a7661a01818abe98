"""Typed Arrow batches as chunks: one plain form for each type, and no text that is not Unicode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import limits
from .raw_chunk import RawChunk, RawReject
from .reason import Reason
from .text_rows import row_json


def arrow_rows(batches: Iterable[pa.RecordBatch], names: list[str]) -> Iterator[RawChunk]:
    """Chunks of ``batches`` with row numbers from 1; ``names`` are the checked names of the columns."""
    first = 1
    for batch in batches:
        for start in range(0, batch.num_rows, limits.MAX_CHUNK_ROWS):
            part = batch.slice(start, limits.MAX_CHUNK_ROWS)
            yield _chunk(part, names, first)
            first += part.num_rows


def _chunk(batch: pa.RecordBatch, names: list[str], first: int) -> RawChunk:
    columns = [plain_array(column) for column in batch.columns]
    bad: dict[int, tuple[str, Reason, str]] = {}
    for name, column in zip(names, columns, strict=True):
        for row in _too_long(column):
            bad.setdefault(row, (name, "too_long", f"longer than {limits.MAX_LINE_BYTES:,} bytes"))
        for row in _not_unicode(column):
            bad.setdefault(row, (name, "bad_encoding", "the value is not Unicode text"))
    lines = np.arange(first, first + batch.num_rows)
    rejects = [
        RawReject(first + row, first + row, reason, detail, b"", name)
        for row, (name, reason, detail) in sorted(bad.items())
    ]
    table = pa.Table.from_arrays([_as_string(c, list(bad)) for c in columns], names=names)
    if bad:
        keep = np.ones(batch.num_rows, bool)
        keep[list(bad)] = False
        table, lines = table.filter(pa.array(keep)), lines[keep]
    numbers = pa.array(lines, pa.int64())
    return RawChunk(table, numbers, numbers, lambda i: _raw(table, i), rejects)


def plain_array(array: pa.Array) -> pa.Array:
    """The same values without dictionaries, views and other storage tricks; text and bytes as binary."""
    kind = array.type
    if isinstance(array, pa.ExtensionArray):
        return plain_array(array.storage)
    if pa.types.is_dictionary(kind):
        return plain_array(array.dictionary_decode())
    texts = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_binary,
        pa.types.is_large_binary,
        pa.types.is_string_view,
        pa.types.is_binary_view,
        pa.types.is_fixed_size_binary,
    )
    if any(is_text(kind) for is_text in texts):
        return array.cast(pa.binary())
    if pa.types.is_null(kind):
        return array.cast(pa.binary())
    if pa.types.is_float16(kind):
        return array.cast(pa.float32())
    return array


def _too_long(column: pa.Array) -> list[int]:
    if not pa.types.is_binary(column.type):
        return []
    long = pc.fill_null(pc.greater(pc.binary_length(column), limits.MAX_LINE_BYTES), False)
    return [int(row) for row in np.flatnonzero(np.asarray(long))]


def _not_unicode(column: pa.Array) -> list[int]:
    if not pa.types.is_binary(column.type):
        return []
    try:
        column.cast(pa.string())
        return []
    except pa.ArrowInvalid:
        return [i for i, value in enumerate(column.to_pylist()) if value is not None and not _decodes(value)]


def _decodes(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_string(column: pa.Array, bad: list[int]) -> pa.Array:
    if not pa.types.is_binary(column.type):
        return column
    if bad:
        mask = np.zeros(len(column), bool)
        mask[bad] = True
        column = pc.if_else(pa.array(mask), pa.scalar(None, pa.binary()), column)
    return column.cast(pa.string())


def _raw(table: pa.Table, row: int) -> bytes:
    return row_json(table.schema.names, [plain_value(column, row) for column in table.columns])


def plain_value(column: pa.ChunkedArray, row: int) -> object:
    """One value for people to read; times as text, since Arrow's may lie outside those of Python."""
    if pa.types.is_temporal(column.type):
        return pc.cast(column.slice(row, 1), pa.string())[0].as_py()
    return column[row].as_py()
