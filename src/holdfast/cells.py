"""Cells that a spreadsheet would run as a formula are written as text."""

from __future__ import annotations

from typing import Any

_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")
_UNSEEN = " \t\r\n\v\f\u00a0\u200b\u200c\u200d\u2060\ufeff"
"""What a spreadsheet may drop before it looks for a formula."""


def harmless(value: Any) -> Any:
    """The value for a CSV cell: a text that starts like a formula gets an apostrophe before it.

    >>> harmless("=1+1"), harmless(" =1+1"), harmless("plain"), harmless(-3)
    ("'=1+1", "' =1+1", 'plain', -3)
    """
    if isinstance(value, str) and (value.startswith(_BREAKS) or value.lstrip(_UNSEEN).startswith(_STARTS)):
        return f"'{value}"
    return value
