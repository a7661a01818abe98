"""Text to text, and to the words of a closed list."""

from __future__ import annotations

from holdfast.records import Column

from .cast import Cast
from .sql_text import literal


def cast_text(text: str, column: Column) -> Cast:
    """The cast of ``text``, which is tidy already.

    A closed list accepts another letter case and other gaps between words.
    """
    if column.values:
        return _listed(text, column.values)
    return Cast(text, f"{text}s", "NULL")


def _listed(text: str, values: tuple[str, ...]) -> Cast:
    plain = [(" ".join(v.lower().replace("_", " ").replace("-", " ").split()), v) for v in values]
    cases = " ".join(f"WHEN {literal(form)} THEN {literal(v)}" for form, v in plain)
    reason = f"CASE WHEN {text} IS NOT NULL AND {text}s IS NULL THEN 'not_in_list' END"
    return Cast(f"CASE {_key(text)} {cases} END", f"{text}s", reason)


def _key(text: str) -> str:
    return f"trim(regexp_replace(lower({text}), '[\\s_-]+', ' ', 'g'))"
