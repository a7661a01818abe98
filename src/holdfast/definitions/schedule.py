"""``schedule:`` of holdfast.yml: at which times of which days the worker runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = "|".join(DAYS)
_FORM = re.compile(rf"(?:({_DAY})(?:-({_DAY}))?\s+)?((?:[01]\d|2[0-3]):[0-5]\d(?:\s*,\s*(?:[01]\d|2[0-3]):[0-5]\d)*)")


@dataclass(frozen=True)
class Schedule:
    """Times of the day by the workspace's clock, on the weekdays in ``days`` (Monday is 0)."""

    days: frozenset[int]
    times: tuple[time, ...]

    @classmethod
    def parse(cls, text: str) -> Schedule | None:
        """Read ``06:00``, ``06:00, 13:00``, ``mon-fri 06:00`` or ``sat 22:30``; None where it is something else.

        >>> Schedule.parse("fri-sun 06:00, 13:30")
        Schedule(days=frozenset({4, 5, 6}), times=(datetime.time(6, 0), datetime.time(13, 30)))
        >>> Schedule.parse("now and then") is None
        True
        """
        found = _FORM.fullmatch(text.strip())
        if found is None:
            return None
        first = DAYS.index(found[1]) if found[1] else 0
        last = DAYS.index(found[2]) if found[2] else first if found[1] else 6
        days = frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))
        return cls(days, tuple(sorted(time.fromisoformat(part.strip()) for part in found[3].split(","))))

    def latest(self, moment: datetime, zone: str) -> datetime | None:
        """The newest scheduled moment that is not after ``moment``, in UTC.

        A time that a change of the clock leaves out comes when it would have been by the clock before; one
        that comes twice counts the first time.
        """
        local = moment.astimezone(ZoneInfo(zone))
        found: list[datetime] = []
        for back in range(9):
            day = local.date() - timedelta(days=back)
            if day.weekday() in self.days:
                walls = (datetime.combine(day, at, ZoneInfo(zone)) for at in self.times)
                found += [fire for wall in walls if (fire := wall.astimezone(UTC)) <= moment]
        return max(found, default=None)
