"""A stream of UTF-8 bytes as blocks of whole lines, with line numbers, whatever the line ends are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from . import limits


@dataclass(slots=True)
class Block:
    """Whole lines, each ended by ``\\n``; ``first_line`` counts from 1.

    ``cut`` holds lines that were too long to keep: their number and their first bytes. Such a line
    stands in ``data`` as an empty line, so that the numbers of the others stay right.
    """

    data: bytes
    first_line: int
    cut: dict[int, bytes] = field(default_factory=dict)


def blocks(pieces: Iterable[bytes]) -> Iterator[Block]:
    """Cut ``pieces`` at line ends. ``\\r\\n`` and a lone ``\\r`` count as one line end each.

    >>> [(b.data, b.first_line) for b in blocks([b"a,b\\r\\n1,", b"2\\r3,4"])]
    [(b'a,b\\n', 1), (b'1,2\\n', 2), (b'3,4\\n', 3)]
    """
    tail, line, cutting = b"", 1, b""
    for piece in _unix_line_ends(pieces):
        cut: dict[int, bytes] = {}
        if cutting:
            end = piece.find(b"\n")
            if end < 0:
                continue
            cut[line] = cutting
            piece, cutting = piece[end:], b""
        data = tail + piece
        end = data.rfind(b"\n") + 1
        data, tail = data[:end], data[end:]
        if len(tail) > limits.MAX_LINE_BYTES:
            tail, cutting = b"", tail[: limits.KEPT_RAW_BYTES]
        for part in _parts(data):
            yield Block(part, line, cut)
            line, cut = line + part.count(b"\n"), {}
    if cutting:
        yield Block(b"\n", line, {line: cutting})
    elif tail:
        yield Block(tail + b"\n", line)


def _parts(data: bytes) -> Iterator[bytes]:
    """Whole lines in parts of at most MAX_BLOCK_LINES; a file of tiny lines is not held as one block."""
    if data.count(b"\n") <= limits.MAX_BLOCK_LINES:
        if data:
            yield data
        return
    ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == 10) + 1
    cuts = [0, *ends[limits.MAX_BLOCK_LINES - 1 :: limits.MAX_BLOCK_LINES].tolist()]
    for start, end in zip(cuts, [*cuts[1:], len(data)], strict=True):
        if end > start:
            yield data[start:end]


def _unix_line_ends(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for piece in pieces:
        if held:
            piece = held + piece
        held = b"\r" if piece.endswith(b"\r") else b""
        if held:
            piece = piece[:-1]
        if b"\r" in piece:
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if piece:
            yield piece
    if held:
        yield b"\n"
