"""Small pieces of SQL text for casting. Names are positional and made by us; texts are quoted here."""

from __future__ import annotations

SPACE = " \t\n\r\v\f\u00a0\u2007\u202f\ufeff"
"""what is trimmed from both ends of a value"""


def literal(text: str) -> str:
    """``text`` as a SQL string literal.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def matches(expression: str, pattern: str) -> str:
    """Whether the whole text matches the pattern."""
    return f"regexp_full_match({expression}, {literal(pattern)})"
