"""Working time of a team: opening hours by day, deadlines counted on them, and time between two moments."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.people import Team

from .due import WEEKDAYS
from .owner import find

Calendars = Mapping[str, Mapping[str, Collection[str]]]
"""Team -> ``off`` and ``short``: ISO days on which it does not work, or until the middle of its hours."""
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_FAR = 800
"""Days looked ahead for one on which somebody works; a team that never works has the whole clock."""


@dataclass(frozen=True)
class WorkingTime:
    """When a team works, by its own wall clock. Moments in and out are in UTC."""

    zone: ZoneInfo
    days: frozenset[int] = frozenset(range(5))
    opens: time = time(9)
    minutes: int = 480
    off: frozenset[date] = field(default_factory=frozenset)
    short: frozenset[date] = field(default_factory=frozenset)

    def hours(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when the team works on ``day``; None where it does not."""
        if day.weekday() not in self.days or day in self.off:
            return None
        start = datetime.combine(day, self.opens)
        end = start + timedelta(minutes=self.minutes // 2 if day in self.short else self.minutes)
        return self._utc(start), self._utc(end)

    def opening(self, moment: datetime) -> datetime:
        """``moment`` itself while the team works, else when it next opens."""
        return next((max(moment, start) for start, end in self._spans(moment) if end > moment), moment)

    def add(self, moment: datetime, work: timedelta) -> datetime:
        """The moment at which ``work`` of working time has passed since ``moment``."""
        for start, end in self._spans(moment):
            begin = max(moment, start)
            if end > begin and work <= end - begin:
                return begin + work
            work -= max(end - begin, timedelta())
        return moment + work

    def between(self, first: datetime, last: datetime) -> timedelta:
        """Working time from one moment to a later one; zero where it is not later."""
        total = timedelta()
        for start, end in self._spans(first):
            if start >= last:
                break
            total += max(min(end, last) - max(start, first), timedelta())
        return total

    def deadline(self, start: datetime, due: str) -> datetime:
        """Until when to answer what came up at ``start``.

        ``same day`` is the end of that day's work; ``24h`` the same time on the next working day, ``48h`` on
        the one after, hours beyond full days are working hours; ``7d`` the end of work on the day so many
        calendar days later, or on the next working day. Outside hours the time runs from the next opening.
        """
        begin = self.opening(start)
        today = self._day_of(begin)
        if due == "same day":
            return self._end(today)
        if due.endswith("d"):
            return self._end(self._working_day(today + timedelta(days=int(due[:-1]))))
        days, rest = divmod(int(due[:-1]), 24)
        day = today
        for _ in range(days):
            day = self._working_day(day + timedelta(days=1))
        moment = begin if day == today else self._same_time(begin, day)
        return self.add(moment, timedelta(hours=rest)) if rest else moment

    def last_day(self, day: date) -> date:
        """``day`` itself, or the next day on which the team works."""
        return self._working_day(day)

    def local(self, moment: datetime) -> datetime:
        """The moment by the team's clock."""
        return moment.astimezone(self.zone)

    def _same_time(self, moment: datetime, day: date) -> datetime:
        hours = self.hours(day)
        wall = self.local(moment).replace(tzinfo=None)
        offset = wall - datetime.combine(self._day_of(moment), time())
        same = self._utc(datetime.combine(day, time()) + offset)
        return min(max(same, hours[0]), hours[1]) if hours else same

    def _working_day(self, day: date) -> date:
        return next((d for d in (day + timedelta(days=n) for n in range(_FAR)) if self.hours(d)), day)

    def _end(self, day: date) -> datetime:
        hours = self.hours(day)
        return hours[1] if hours else self._utc(datetime.combine(day, time(23, 59)))

    def _day_of(self, moment: datetime) -> date:
        """The working day that holds ``moment``: that of the day before where its hours go past midnight."""
        day = self.local(moment).date()
        before = self.hours(day - timedelta(days=1))
        return day - timedelta(days=1) if before and before[0] <= moment < before[1] else day

    def _spans(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        first = self.local(moment).date() - timedelta(days=1)
        for n in range(_FAR):
            hours = self.hours(first + timedelta(days=n))
            if hours:
                yield hours

    def _utc(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self.zone).astimezone(UTC)


def working_time(email: str | None, definitions: Definitions, calendars: Calendars) -> WorkingTime:
    """When the team of ``email`` works; Monday to Friday, 9 to 17 in the workspace's zone where none is described.

    Hours that end at or before their beginning end on the next day.
    """
    person = find(email, definitions.people)
    name = (person.team if person else None) or ""
    team = next((t for t in definitions.people.teams if t.team == name), None) or Team(team=name)
    found = HOURS.fullmatch(team.hours)
    first, last = ((int(found[1]) * 60 + int(found[2])), (int(found[3]) * 60 + int(found[4]))) if found else (540, 1020)
    kept = calendars.get(name, {})
    return WorkingTime(
        ZoneInfo(team.time_zone or definitions.settings.time_zone),
        frozenset(WEEKDAYS.index(day) for day in team.days),
        time(first // 60, first % 60),
        last - first if last > first else last - first + 1440,
        _days(kept.get("off", ())),
        _days(kept.get("short", ())),
    )


def shifted(hours: WorkingTime, deadline: datetime, since: datetime, until: datetime) -> datetime:
    """The deadline later by the working time that passed while the clock rested."""
    return hours.add(deadline, hours.between(since, until))


def calendars_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """Days off and short days by team, from rows of the record calendar."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        kind = "short" if row["kind"] == "short" else "off"
        found.setdefault(row["team"], {"off": [], "short": []})[kind].append(row["date"].isoformat())
    return {team: {kind: sorted(days) for kind, days in kinds.items()} for team, kinds in sorted(found.items())}


def _days(texts: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)
