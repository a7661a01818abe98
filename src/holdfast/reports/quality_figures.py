"""Data quality as printed: freshness, row accounts, quarantine, faults; what is unknown stays unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.charts.number import number, percent

from .words import UNKNOWN, age, plural

STATES = {
    "fresh": ("good", "✓", "Fresh"),
    "late": ("bad", "▲", "Late"),
    "out_of_date": ("worst", "▲", "Out of date"),
    "held": ("bad", "▲", "Held"),
    "refused": ("worst", "✕", "Refused"),
    "committed": ("good", "✓", "Committed"),
    "unknown": ("dim", "?", "Unknown"),
    "never": ("dim", "?", "Never loaded"),
    "never_loaded": ("dim", "?", "Never loaded"),
    "overdue": ("bad", "▲", "Late"),
    "no_limit": ("dim", "–", "No limit set"),
}
LOW = 90.0
PARTS = ("kept", "quarantined", "duplicate", "filtered")
DIMENSIONS = (
    ("completeness", "Complete"),
    ("accuracy", "Accurate"),
    ("freshness", "Fresh"),
    ("consistency", "Consistent"),
    ("uniqueness", "Unique"),
)


def state(name: object) -> dict[str, str]:
    """Class, sign and word of a state; another state keeps its own words.

    >>> state("late")["word"], state("paused")["word"]
    ('Late', 'Paused')
    """
    key = str(name or "unknown").replace(" ", "_")
    css, sign, word = STATES.get(key, ("dim", "·", key.replace("_", " ").capitalize()))
    return {"css": css, "sign": sign, "word": word}


def over_limit(source: Mapping[str, Any]) -> str:
    """How far a source is over its limit; its state otherwise."""
    days, limit = source.get("age_days"), source.get("limit_days")
    if days is not None and limit is not None and days > limit:
        return f"{age(round(days - limit, 3))} over"
    return state(source.get("state"))["word"]


def sums(batches: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Rows in and their parts over all batches."""
    return {key: sum(int(batch.get(key) or 0) for batch in batches) for key in ("rows_in", *PARTS)}


def newest_first(batches: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Batches by the time they were loaded, newest first."""
    return sorted(batches, key=lambda batch: str(batch.get("loaded_at") or ""), reverse=True)


def adds_up(batch: Mapping[str, Any]) -> tuple[str, bool]:
    """Whether rows in equal their parts; the difference where they do not.

    >>> adds_up({"rows_in": 10, "kept": 8, "quarantined": 1, "duplicate": 0, "filtered": 0})
    ('1 row missing', False)
    """
    gap = int(batch["rows_in"]) - sum(int(batch.get(key) or 0) for key in PARTS)
    if gap == 0:
        return "adds up", True
    return f"{plural(abs(gap), 'row')} {'missing' if gap > 0 else 'too many'}", False


def of_base(count: int, base: int | None) -> str:
    """A count with its base and share.

    >>> of_base(3, 1842), of_base(0, 0), of_base(3, None)
    ('3 of 1,842 (0.2%)', '0 of 0', '3')
    """
    if base is None:
        return number(count)
    return f"{number(count)} of {number(base)}" + (f" ({percent(count / base, 1)})" if base else "")


def share(value: float | None) -> str:
    """A percentage with one decimal, a fall sign under 90, ``unknown`` where it is not known.

    >>> share(61.0), share(99.6), share(None)
    ('61.0% ↓', '99.6%', 'unknown')
    """
    if value is None:
        return "unknown"
    return f"{number(value, 1)}%" + (" ↓" if value < LOW else "")


def example(entry: Mapping[str, Any]) -> tuple[str, str]:
    """The offending value and where it stands."""
    found = entry.get("example") or {}
    value = found.get("value")
    place = [f"in {found['column']}" if found.get("column") else "", str(found.get("file") or "")]
    if found.get("line") is not None:
        place.append(f"line {number(found['line'])}")
    return ("" if value is None else str(value), ", ".join(part for part in place if part) or UNKNOWN)


def summary(document: Mapping[str, Any]) -> str:
    """Sources and their troubles in one line."""
    sources = document.get("sources") or []
    late = sum(over_limit(source).endswith("over") for source in sources)
    never = sum(source.get("newest_row") is None for source in sources)
    words = [plural(len(sources), "source")]
    words += [f"{number(late)} over its limit" if late == 1 else f"{number(late)} over their limits"] if late else []
    words += [f"{number(never)} without a row"] if never else []
    return ", ".join(words)


def gap_words(what: str) -> str:
    """What a gap counts, as a line begins.

    >>> gap_words("accounts without any row of use")
    'Accounts without any row of use'
    """
    return what[:1].upper() + what[1:]


def gap_figures(gap: Mapping[str, Any]) -> tuple[str, str]:
    """Count with base, and share, of a gap.

    >>> gap_figures({"count": 30, "of": 1200}), gap_figures({"count": None, "of": 0})
    (('30 of 1,200', '2.5%'), ('unknown', 'unknown'))
    """
    count, of = gap["count"], gap["of"]
    if count is None or not of:
        return "unknown", "unknown"
    return f"{number(count)} of {number(of)}", percent(count / of, 1)


def rows_words(entry: Mapping[str, Any]) -> str:
    """On how many rows the dimensions of a record rest."""
    return "unknown" if entry.get("rows") is None else number(entry["rows"])
