"""What happened to the whole portfolio in a week: one finding instead of hundreds about accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

Kind = Literal["holiday", "outage", "tracking_break", "tracking_surge"]
READS = ("usage_index", "usage_index_event", "usage_down_share", "usage_up_share")
"""The metrics that ``portfolio_findings`` reads; each has the same value for every account of a day."""
WEEK = timedelta(days=7)
YEAR = 52 * WEEK
NOTHING_LEFT = 0.1
"""Index at or below which nearly every event is missing: the tracking broke, not the use."""
TOGETHER = 0.7
"""Share of a dip that accounts which fell to a fifth explain; then a part of the tracking broke."""
DIPPED = 0.9


@dataclass(frozen=True)
class PortfolioFinding:
    """One thing that happened to all accounts.

    ``first_week`` and ``last_week`` are the Sundays that end its weeks. ``size`` is the farthest distance of the
    index to its usual level, as a share. ``evidence`` has one row a week: the metrics and the kind of that week.
    """

    first_week: date
    last_week: date
    kind: Kind
    size: float
    evidence: tuple[Mapping[str, Any], ...]


def portfolio_findings(
    rows: Iterable[Mapping[str, Any]], holidays: Collection[date] = (),
) -> list[PortfolioFinding]:
    """Findings of the weeks that ``rows`` tell of, oldest first; weeks in a row with one kind are one finding.

    ``rows`` have ``as_of`` and the metrics of ``READS``, of any accounts and days. ``holidays`` are the days on
    which people do not work. A dip in the week of a holiday or beside it, or in weeks that dipped a year (52
    weeks, or one more or less) before, is a ``holiday``. Otherwise it is a ``tracking_break`` where nearly
    nothing is left, or where the accounts that fell to a fifth make up most of the dip; else an ``outage``: use
    everywhere was less. A rise is a ``tracking_surge``.

    >>> week = {"as_of": date(2026, 3, 29), "usage_index": 0.5, "usage_index_event": 1.0,
    ...         "usage_down_share": 0.02, "usage_up_share": 0.0}
    >>> found, = portfolio_findings([week])
    >>> found.kind, found.size
    ('outage', -0.5)
    """
    weeks = _by_week(rows)
    off = {_week_of(day) for day in holidays}
    found: list[PortfolioFinding] = []
    for week in sorted(weeks):
        values = weeks[week]
        if not values["usage_index_event"]:
            continue
        kind, size = _kind(week, weeks, off), values["usage_index"] - 1
        row = {"week": week, "kind": kind, **{name: values[name] for name in READS}}
        if found and found[-1].kind == kind and found[-1].last_week == week - WEEK:
            before = found.pop()
            size = max(before.size, size, key=abs)
            found.append(PortfolioFinding(before.first_week, week, kind, size, (*before.evidence, row)))
        else:
            found.append(PortfolioFinding(week, week, kind, size, (row,)))
    return found


def _by_week(rows: Iterable[Mapping[str, Any]]) -> dict[date, Mapping[str, float]]:
    """The portfolio's values by the Sunday of the last complete week before each row's day."""
    found: dict[date, Mapping[str, float]] = {}
    for row in rows:
        if row["usage_index"] is not None:
            sunday = row["as_of"] - timedelta(days=row["as_of"].isoweekday() % 7)
            found[sunday] = {name: float(row[name]) for name in READS}
    return found


def _week_of(day: date) -> date:
    return day + timedelta(days=7 - day.isoweekday())


def _kind(week: date, weeks: Mapping[date, Mapping[str, float]], off: Collection[date]) -> Kind:
    values = weeks[week]
    index = values["usage_index"]
    if index > 1:
        return "tracking_surge"
    near = (week - WEEK, week, week + WEEK)
    if any(day in off for day in near):
        return "holiday"
    last_year = [weeks[day - YEAR]["usage_index"] for day in near if day - YEAR in weeks]
    if any(value <= DIPPED for value in last_year) and index > NOTHING_LEFT:
        return "holiday"
    broken = index <= NOTHING_LEFT or values["usage_down_share"] >= TOGETHER * (1 - index)
    return "tracking_break" if broken else "outage"
