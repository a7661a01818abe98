"""Cells that a spreadsheet would run as a formula are written as text."""

from __future__ import annotations

from typing import Any

_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(value: Any) -> Any:
    """The value for a CSV cell: a text that starts like a formula gets an apostrophe before it.

    >>> harmless("=1+1"), harmless("plain"), harmless(-3)
    ("'=1+1", 'plain', -3)
    """
    if isinstance(value, str) and value.startswith(_STARTS):
        return f"'{value}"
    return value
