"""Text to text: ids and names are trimmed and in one Unicode form, free text stays as it is."""

from __future__ import annotations

from holdfast.records import Column

from .cast import Cast
from .sql_text import literal


def cast_text(text: str, column: Column) -> Cast:
    """The cast of ``text`` for ``column``; a closed list accepts other case and other gaps between words."""
    if column.values:
        return _listed(text, column.values)
    if column.personal == "text":
        return Cast(text, "NULL")
    return Cast(f"CASE WHEN contains({text}, chr(0)) THEN {text} ELSE nfc_normalize({text}) END", "NULL")


def _listed(text: str, values: tuple[str, ...]) -> Cast:
    key = _key(text)
    cases = " ".join(
        f"WHEN {literal(' '.join(v.lower().replace('_', ' ').replace('-', ' ').split()))} THEN {literal(v)}"
        for v in values
    )
    value = f"CASE {key} {cases} END"
    return Cast(value, f"CASE WHEN {text} IS NOT NULL AND ({value}) IS NULL THEN 'not_in_list' END")


def _key(text: str) -> str:
    return f"trim(regexp_replace(lower({text}), '[\\s_-]+', ' ', 'g'))"
