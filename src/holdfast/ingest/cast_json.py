"""Text to a JSON document, kept as text."""

from __future__ import annotations

from . import limits
from .cast import Cast


def cast_json(text: str) -> Cast:
    """The cast of ``text`` to JSON: valid, and not nested too deeply."""
    opens = f"(length({text}) - length(translate({text}, '{{[', '')))"
    flat = f"({opens} <= {limits.MAX_JSON_DEPTH} OR NOT {too_deep(text)})"
    good = f"(json_valid({text}) AND {flat})"
    return Cast(
        f"CASE WHEN {good} THEN {text} END",
        f"{text}s",
        f"CASE WHEN {text} IS NOT NULL AND {text}s IS NULL THEN 'bad_json' END",
    )


def too_deep(text: str) -> str:
    """SQL: whether brackets open one after another more often than is read."""
    brackets = rf"([\[{{][^\]}}]*){{{limits.MAX_JSON_DEPTH + 1},}}"
    return f"regexp_matches({text}, '{brackets}')"
