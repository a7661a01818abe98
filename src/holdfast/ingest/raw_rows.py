"""Quarantined raw rows mapped again as if they stood in their file, each at its own line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from holdfast.definitions.source import Source

from .header import named_columns
from .map_context import MapContext
from .mapped_chunk import MappedChunk
from .mapping import map_rows
from .raw_chunk import RawChunk, RawReject
from .read_jsonl import read_jsonl
from .source_rows import SourceRows

Numbered = list[tuple[int, bytes]]
MapRaw = Callable[[Source, dict[str, Any], Numbered], Iterator[MappedChunk]]
"""(source, how its file was read, (line id, raw bytes)) -> mapped chunks whose lines are the line ids"""
_AT_ONCE = 20_000


def raw_mapper(context: MapContext) -> MapRaw:
    """A function that maps raw rows with ``context``."""

    def map_raw(source: Source, reading: dict[str, Any], rows: Numbered) -> Iterator[MappedChunk]:
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start:start + _AT_ONCE]
            if reading.get("format") == "csv":
                columns, delimiter = tuple(reading["columns"]), reading["delimiter"]
                opened = SourceRows("csv", columns, iter([_csv_chunk(part, columns, delimiter)]), delimiter)
                yield from map_rows(source, opened, "replay", Path("replay"), context)
            else:
                yield from _json_rows(part, source, context)

    return map_raw


def _json_rows(rows: Numbered, source: Source, context: MapContext) -> Iterator[MappedChunk]:
    """Rows of all formats but CSV are kept as one JSON object each."""
    text = io.BytesIO(b"".join(raw.replace(b"\n", b" ") + b"\n" for _, raw in rows))
    found = read_jsonl(text, Path("replay"), None, frozenset(named_columns(source)), source.decimal)
    chunks = (_renumbered(chunk, rows) for chunk in found)
    yield from map_rows(source, SourceRows("jsonl", (), chunks), "replay", Path("replay"), context)


def _renumbered(chunk: RawChunk, rows: Numbered) -> RawChunk:
    lines = pa.array([rows[n - 1][0] for n in chunk.lines.to_pylist()], pa.int64())
    rejects = [replace(r, line=rows[r.line - 1][0], last_line=rows[r.line - 1][0]) for r in chunk.rejects]
    return RawChunk(chunk.table, lines, lines, chunk.raw, rejects)


def _csv_chunk(rows: Numbered, columns: Sequence[str], delimiter: str) -> RawChunk:
    good: list[tuple[int, bytes, list[str]]] = []
    bad: list[RawReject] = []
    for line, raw in rows:
        fields = csv_fields(raw, delimiter)
        if fields is None or len(fields) != len(columns):
            bad.append(RawReject(line, line, "bad_row", "the row does not fit the header", raw))
        else:
            good.append((line, raw, fields))
    lines = pa.array([line for line, _, _ in good], pa.int64())
    arrays = [pa.array([fields[n] for _, _, fields in good], pa.string()) for n in range(len(columns))]
    table = pa.Table.from_arrays(arrays, names=list(columns))
    return RawChunk(table, lines, lines, lambda i: good[i][1], bad)


def csv_fields(raw: bytes, delimiter: str) -> list[str] | None:
    """The fields of one row, which is UTF-8 whatever its file was; None where it is not exactly one row.

    >>> csv_fields(b'1,"a,b"', ","), csv_fields(b'1,"a', ",")
    (['1', 'a,b'], None)
    """
    try:
        text = raw.decode("utf-8")
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    return found[0] if len(found) == 1 else None
