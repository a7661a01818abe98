"""From which day on a column of the roll-up is needed: a night looks far back with few of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from holdfast.definitions.features import Features
from holdfast.definitions.metric import Metric

from .needs import each_columns, needs

Groups = dict[tuple[int | None, bool], list[Metric]]
"""Metrics that are computed together: their window, and whether they are asked on the asked days alone."""


@dataclass(frozen=True)
class Cut:
    """Before the day ``on`` only the columns ``far`` are needed."""

    on: date
    far: frozenset[str]


def first_needed(
    features: Features, metrics: Sequence[Metric], groups: Groups, days: Mapping[str, frozenset[date]]
) -> dict[str, date]:
    """The first day on which each column of account-days is needed, by its name; ``date.min`` for all days."""
    found: dict[str, date] = {c.name: date.min for m in metrics if m.steps is not None for c in needs(m)}
    for (window, _), group in groups.items():
        earliest = min(min(days[m.name]) for m in group)
        since = date.min if window is None else earliest - timedelta(days=window - 1)
        for name in {c.name for m in group for c in (*needs(m), *each_columns(features, m))}:
            found[name] = min(since, found.get(name, since))
    return found


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
