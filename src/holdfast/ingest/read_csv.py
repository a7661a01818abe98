"""CSV: plain, gzip or zip, in any usual encoding, with exact line numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from holdfast.errors.ingest import WrongEncoding

from . import limits
from .blocks import Block, blocks
from .csv_block import CsvBlock, bad_utf8
from .decode import utf8_pieces
from .header import check_header
from .raw_chunk import RawChunk
from .split_record import fields, record_end

DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class CsvRows:
    """The header of a CSV file, its delimiter, and its rows to come."""

    columns: tuple[str, ...]
    delimiter: str
    chunks: Iterator[RawChunk]


def read_csv(
    stream: BinaryIO, path: Path, encoding: str | None = None, delimiter: str | None = None
) -> CsvRows:
    """Read the header now and the rows as they are asked for. An empty file has no columns and no rows."""
    source = blocks(utf8_pieces(stream, encoding, path))
    first = next(source, None)
    while first is not None and not first.data.strip(b"\n") and not first.cut:
        first = next(source, None)
    if first is None:
        return CsvRows((), delimiter or ",", iter(()))
    _check_encoding(first, path)
    start = len(first.data) - len(first.data.lstrip(b"\n"))
    sign = delimiter or detect_delimiter(first.data[start : first.data.find(b"\n", start)].decode("utf-8"))
    end = record_end(first.data, start, ord(sign))
    if end is None or end < 0:
        end = first.data.find(b"\n", start) + 1
    columns = check_header(fields(first.data[start:end], sign), path)
    rest = Block(first.data[end:], first.first_line + first.data.count(b"\n", 0, end), first.cut)
    return CsvRows(columns, sign, _chunks(rest, source, columns, sign))


def _chunks(
    first: Block, source: Iterator[Block], columns: tuple[str, ...], delimiter: str
) -> Iterator[RawChunk]:
    block: Block | None = first
    while block is not None:
        following = next(source, None)
        if block.data:
            chunk, offset = CsvBlock(block, columns, delimiter).read(final=following is None)
            yield from small_chunks(chunk)
            if following is not None and offset < len(block.data):
                line = block.first_line + block.data.count(b"\n", 0, offset)
                cut = {at: head for at, head in block.cut.items() if at >= line}
                following = Block(block.data[offset:] + following.data, line, cut | following.cut)
        block = following


def small_chunks(chunk: RawChunk) -> Iterator[RawChunk]:
    """The same rows in pieces of at most the limit; rejects go with the first piece."""
    size = limits.MAX_CHUNK_ROWS
    if chunk.table.num_rows <= size:
        yield chunk
        return
    for start in range(0, chunk.table.num_rows, size):
        yield RawChunk(
            chunk.table.slice(start, size),
            chunk.lines.slice(start, size),
            chunk.last_lines.slice(start, size),
            lambda i, s=start: chunk.raw(s + i),  # type: ignore[misc]
            chunk.rejects if start == 0 else [],
        )


def detect_delimiter(header: str) -> str:
    """The sign that stands most often in the header outside quotes; a comma where none does.

    >>> detect_delimiter('id;"name, full";mrr')
    ';'
    """
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=lambda sign: (outside.count(sign), -DELIMITERS.index(sign)))


def _check_encoding(block: Block, path: Path) -> None:
    """Refuse a file that is clearly not UTF-8: its header, or many of its first rows."""
    ends = np.flatnonzero(np.frombuffer(block.data, dtype=np.uint8) == 10)[: limits.ENCODING_SAMPLE_ROWS] + 1
    sample = block.data[: int(ends[-1])]
    bad = bad_utf8(sample, np.frombuffer(sample, dtype=np.uint8), ends)
    header = sample[: int(ends[0])]
    if header.count(b"\0") * 4 > len(header) or 0 in bad:
        raise WrongEncoding(path=path, line=block.first_line, bad=max(len(bad), 1), rows=len(ends))
    if len(bad) > 1 and len(bad) > limits.MAX_BAD_ENCODING * len(ends):
        raise WrongEncoding(path=path, line=block.first_line + bad[0], bad=len(bad), rows=len(ends))
