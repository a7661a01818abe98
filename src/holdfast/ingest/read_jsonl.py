"""JSON lines: one object a line, plain or gzip."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from holdfast.errors.ingest import BadFile, BadHeader

from . import limits
from .blocks import Block, blocks
from .cell_text import cell_text
from .decode import utf8_pieces
from .raw_chunk import RawChunk, RawReject
from .reason import Reason

Row = tuple[int, dict[str, str | None], bytes]


class _Refused(ValueError):
    """An object with the same key twice."""


def read_jsonl(
    stream: BinaryIO, path: Path, encoding: str | None, named: frozenset[str], decimal: str = "."
) -> Iterator[RawChunk]:
    """Chunks of rows, each with the columns its rows have.

    ``named`` are the names that the source maps; one with dots, such as ``context.device``, reaches into
    nested objects. Other nested values stay JSON.
    """
    seen: set[str] = set()
    paths = [name for name in sorted(named) if "." in name]
    for block in blocks(utf8_pieces(stream, encoding, path)):
        if block.first_line == 1 and block.data.lstrip()[:1] == b"[":
            what = "it is one array, and one object a line is needed"
            raise BadFile(path=path, format="JSON lines", what=what)
        rows, rejects = _parse(block, paths, decimal)
        seen.update(*(row[1] for row in rows))
        if len(seen) > limits.MAX_COLUMNS:
            raise BadHeader(path=path, what=f"more than {limits.MAX_COLUMNS:,} different keys")
        for start in range(0, max(len(rows), 1), limits.MAX_CHUNK_ROWS):
            part = rows[start : start + limits.MAX_CHUNK_ROWS]
            yield _chunk(part, rejects if start == 0 else [])


def _parse(block: Block, paths: list[str], decimal: str) -> tuple[list[Row], list[RawReject]]:
    rows: list[Row] = []
    rejects: list[RawReject] = []
    for line, raw in enumerate(block.data.split(b"\n")[:-1], start=block.first_line):
        raw = block.cut.get(line, raw)
        if not raw.strip():
            continue
        found = ("too_long", "") if line in block.cut else parse_object(raw)
        if isinstance(found, dict):
            rows.append((line, row_texts(found, paths, decimal), raw))
        else:
            reason, detail = found
            rejects.append(RawReject(line, line, reason, detail, raw[: limits.KEPT_RAW_BYTES]))  # type: ignore[arg-type]
    return rows, rejects


def parse_object(raw: bytes) -> dict[str, Any] | tuple[Reason, str]:
    """The object in one line, or the reason why there is none."""
    if len(raw) > limits.MAX_LINE_BYTES:
        return "too_long", f"longer than {limits.MAX_LINE_BYTES:,} bytes"
    if _depth(raw) > limits.MAX_JSON_DEPTH:
        return "bad_json", f"nested more than {limits.MAX_JSON_DEPTH} levels deep"
    try:
        text = raw.decode("utf-8")
        found = _DECODER.decode(text)
    except UnicodeDecodeError:
        return "bad_encoding", "the bytes are not UTF-8 text"
    except json.JSONDecodeError as error:
        return "bad_json", f"{error.msg} at character {error.pos + 1}"
    except ValueError as error:
        return "bad_json", str(error) if isinstance(error, _Refused) else "a number is too long"
    if not isinstance(found, dict):
        return "bad_row", "the line is not an object"
    if len(found) > limits.MAX_COLUMNS:
        return "bad_json", f"more than {limits.MAX_COLUMNS:,} keys"
    if b"\\u" in raw and _surrogate(found):
        return "bad_encoding", "half of a surrogate pair"
    return found


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("a key stands twice in one object")
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs)


def _depth(raw: bytes) -> int:
    """An upper bound of the nesting, exact where brackets are many."""
    if raw.count(b"{") + raw.count(b"[") <= limits.MAX_JSON_DEPTH:
        return 0
    values = np.frombuffer(raw, dtype=np.uint8)
    steps = np.isin(values, (91, 123)).astype(np.int64) - np.isin(values, (93, 125))
    return int(np.cumsum(steps).max())


def _surrogate(found: dict[str, Any]) -> bool:
    try:
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def row_texts(found: dict[str, Any], paths: list[str], decimal: str) -> dict[str, str | None]:
    """The members of an object as texts; ``paths`` reach into nested ones."""
    row = {n: v if type(v) is str else cell_text(v, decimal) for n, v in found.items()}
    for path in paths:
        if path not in row:
            row[path] = cell_text(_reach(found, path.split(".")), decimal)
    return row


def _reach(found: Any, steps: list[str]) -> Any:
    for step in steps:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _chunk(rows: list[Row], rejects: list[RawReject]) -> RawChunk:
    names = sorted(set().union(*(row for _, row, _ in rows)))
    arrays = [pa.array([row.get(name) for _, row, _ in rows], pa.string()) for name in names]
    lines = pa.array([line for line, _, _ in rows], pa.int64())
    return RawChunk(pa.Table.from_arrays(arrays, names=names), lines, lines, lambda i: rows[i][2], rejects)
