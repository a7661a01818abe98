"""From which day on a column of the roll-up is needed: a night looks far back with few of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Cut:
    """Before the day ``on`` only the columns ``far`` are needed."""

    on: date
    far: frozenset[str]


def cut(needed: Mapping[str, date], first: date, last: date) -> Cut | None:
    """Where to cut the days from ``first`` to ``last`` so that as few columns and days as possible are read.

    ``needed`` has the first needed day of each column. None where nothing is saved.

    >>> found = cut({"actions": date(2026, 5, 1), "logins": date.min}, date(2025, 1, 1), date(2026, 5, 31))
    >>> found.on.isoformat(), sorted(found.far)
    ('2026-05-01', ['logins'])
    >>> cut({"logins": date.min}, date(2025, 1, 1), date(2026, 5, 31))
    """
    begun = {name: min(max(day, first), last) for name, day in needed.items()}
    choices = sorted({day for day in begun.values() if day > first})
    best = min(choices, key=lambda on: _cost(begun.values(), on, first, last), default=None)
    if best is None:
        return None
    return Cut(best, frozenset(name for name, day in begun.items() if day < best))


def _cost(begun: Iterable[date], on: date, first: date, last: date) -> int:
    """Columns times days that are read."""
    return sum((last - (on if day >= on else first)).days + 1 for day in begun)
