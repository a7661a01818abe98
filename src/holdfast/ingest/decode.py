"""Bytes in some encoding to bytes in UTF-8. What does not decode stays visible as bad UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from holdfast.errors.ingest import UnknownEncoding

from . import limits

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MARK = b"\xff\xfe\xff"
"""stands for bytes that the configured encoding does not know; it is not UTF-8, so the row is noticed"""


def utf8_pieces(stream: BinaryIO, encoding: str | None, path: Path) -> Iterator[bytes]:
    """Pieces of at most a block, as UTF-8. A byte order mark wins over the configured encoding."""
    first = stream.read(limits.BLOCK_BYTES)
    found = encoding or "utf-8"
    for mark, name in BOMS:
        if first.startswith(mark):
            first, found = first[len(mark) :], name
            break
    codec = _codec(found, path)
    decoder = None if codec.name in ("utf-8", "ascii") else codec.incrementaldecoder("holdfast")
    piece = first
    while piece:
        yield piece if decoder is None else _encode(decoder.decode(piece))
        piece = stream.read(limits.BLOCK_BYTES)
    if decoder is not None:
        rest = _encode(decoder.decode(b"", final=True))
        if rest:
            yield rest


def _codec(name: str, path: Path) -> codecs.CodecInfo:
    try:
        codec = codecs.lookup(name)
        codec.incrementaldecoder("strict").decode(b"")
    except (LookupError, TypeError, AttributeError) as error:
        raise UnknownEncoding(path=path, encoding=name) from error
    return codec


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


def _encode(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return data.replace(b"\xed\xb3\xbf", MARK)


codecs.register_error("holdfast", _mark)
