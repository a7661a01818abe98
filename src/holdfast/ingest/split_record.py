"""The careful parser: one record at a time, for lines with quotes that the fast parser cannot take."""

from __future__ import annotations

import csv

from . import limits


def record_end(data: bytes, start: int, delimiter: int) -> int | None:
    """Where the record that starts at ``start`` ends: the offset after its line end.

    None says that ``data`` ends while a quote is open. A quote counts as open only at the start of a
    field. A field that spans lines must close properly: with a delimiter or line end after it;
    otherwise -1 says that its quote was never meant to span lines.

    >>> record_end(b'a,"b\\nc"\\nd\\n', 0, ord(","))
    8
    >>> record_end(b'a,"b\\nc,"d"\\n', 0, ord(","))
    -1
    """
    at, first_end = start, data.find(b"\n", start)
    while True:
        if data[at : at + 1] != b'"':
            at = _next_field(data, at, delimiter)
            if data[at : at + 1] == b"\n":
                return at + 1
            at += 1
            continue
        closing = _closing_quote(data, at + 1, start)
        if closing is None:
            return None
        if closing < 0:
            return -1
        after = data[closing + 1]
        if after == 10:
            return closing + 2
        if after == delimiter:
            at = closing + 2
            continue
        if closing > first_end:
            return -1
        at = _next_field(data, closing + 1, delimiter)
        if data[at : at + 1] == b"\n":
            return at + 1
        at += 1


def _next_field(data: bytes, at: int, delimiter: int) -> int:
    end = data.find(b"\n", at)
    comma = data.find(delimiter, at, end)
    return end if comma < 0 else comma


def _closing_quote(data: bytes, at: int, start: int) -> int | None:
    """The offset of the closing quote, None where data ends first, -1 above the caps."""
    while True:
        quote = data.find(b'"', at, start + limits.MAX_LINE_BYTES)
        if quote < 0:
            span = data[start : start + limits.MAX_LINE_BYTES]
            too_far = len(span) == limits.MAX_LINE_BYTES or span.count(b"\n") > limits.MAX_RECORD_LINES
            return -1 if too_far else None
        if data[quote + 1 : quote + 2] != b'"':
            if data.count(b"\n", start, quote) > limits.MAX_RECORD_LINES:
                return -1
            return quote
        at = quote + 2


def fields(record: bytes, delimiter: str) -> list[str]:
    """The fields of one record, which must be UTF-8.

    >>> fields(b'a,"b ""x""\\nc",5" pipe\\n', ",")
    ['a', 'b "x"\\nc', '5" pipe']
    """
    text = record.decode("utf-8")
    lines = text[:-1].split("\n") if text.endswith("\n") else text.split("\n")
    lines = [line + "\n" for line in lines[:-1]] + [lines[-1]]
    return next(csv.reader(lines, delimiter=delimiter), [])


csv.field_size_limit(limits.MAX_LINE_BYTES * 2)
