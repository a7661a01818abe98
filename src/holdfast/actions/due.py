"""Due days: a time to respond, counted on the working days of a team."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta

from holdfast.definitions.people import People, Team

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def due_on(
    start: date, due: str, working: Collection[str] = WEEKDAYS[:5], holidays: Collection[date] = ()
) -> date:
    """The day on which a response is due.

    ``same day`` is the day itself, or the next working day; ``24h``, ``48h``, ... are as many working days
    later as they hold full days; ``7d`` counts calendar days and moves on to a working day.

    >>> due_on(date(2026, 3, 27), "24h")            # a Friday
    datetime.date(2026, 3, 30)
    >>> due_on(date(2026, 3, 27), "7d", holidays={date(2026, 4, 3)})
    datetime.date(2026, 4, 6)
    """
    days = {WEEKDAYS.index(day) for day in working} or set(range(7))

    def works(day: date) -> bool:
        return day.weekday() in days and day not in holidays

    if due == "same day":
        return _forward(start, works)
    if due.endswith("h"):
        day = start
        for _ in range(max(1, -(-int(due[:-1]) // 24))):
            day = _forward(day + timedelta(days=1), works)
        return day
    return _forward(start + timedelta(days=int(due.removesuffix("d"))), works)


def working_days(people: People, team: str | None) -> tuple[str, ...]:
    """Working days of a team; Monday to Friday where the team is not described."""
    found = next((t for t in people.teams if t.team == team), None)
    return (found or Team(team=team or "")).days


def _forward(day: date, works: Callable[[date], bool]) -> date:
    for _ in range(366):
        if works(day):
            return day
        day += timedelta(days=1)
    return day
