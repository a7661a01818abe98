"""A value of Python as the text that casting reads."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any


def cell_text(value: Any, decimal: str = ".") -> str | None:
    """``value`` as text: ISO dates, plain numbers with the sign ``decimal``, sorted JSON for what is nested.

    >>> [cell_text(v) for v in (None, 7.0, True, Decimal("1.50"), date(2026, 1, 2), {"b": 1, "a": [2]})]
    [None, '7', 'true', '1.50', '2026-01-02', '{"a":[2],"b":1}']
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return _signed(str(int(value)) if whole else repr(value), decimal)
    if isinstance(value, Decimal):
        return _signed(format(value, "f"), decimal)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _signed(str(value.total_seconds()), decimal)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "surrogateescape")
    if isinstance(value, dict | list | tuple):
        return json_text(value)
    return str(value)


def json_text(value: Any) -> str:
    """``value`` as JSON that is the same whatever the order of its keys."""
    return _ENCODER.encode(value)


def _signed(number: str, decimal: str) -> str:
    return number.replace(".", decimal)


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=cell_text)
