"""The days of the demo company. The last one is fixed, so that no clock is ever read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import SupportsInt

import numpy as np
import numpy.typing as npt

LAST_DAY = date(2026, 6, 30)
EPOCH = date(1970, 1, 1)

Days = npt.NDArray[np.int64]


def number(day: date) -> int:
    """Days since 1970.

    >>> number(date(1970, 1, 11))
    10
    """
    return (day - EPOCH).days


def day(value: SupportsInt) -> date:
    """The date of a day number.

    >>> day(number(date(2026, 6, 30)))
    datetime.date(2026, 6, 30)
    """
    return EPOCH + timedelta(days=int(value))


@dataclass(frozen=True)
class Timeline:
    """First and last day as numbers since 1970, and the calendar months between them."""

    first: int
    last: int
    months: tuple[tuple[int, int], ...]

    @property
    def first_monday(self) -> int:
        """The Monday of the week of the first day; weeks are counted from it."""
        return self.first - (self.first + 3) % 7

    @property
    def weeks(self) -> int:
        """Weeks touched by the timeline."""
        return (self.last - self.first_monday) // 7 + 1

    def month_name(self, index: int) -> str:
        """``2026-06`` for the last month."""
        return f"{day(self.months[index][0]):%Y-%m}"


def timeline(months: int) -> Timeline:
    """The ``months`` whole months that end on the last day.

    >>> t = timeline(18)
    >>> day(t.first), day(t.last), t.month_name(17)
    (datetime.date(2025, 1, 1), datetime.date(2026, 6, 30), '2026-06')
    """
    spans: list[tuple[int, int]] = []
    end = LAST_DAY
    for _ in range(months):
        start = end.replace(day=1)
        spans.append((number(start), number(end)))
        end = start - timedelta(days=1)
    spans.reverse()
    return Timeline(spans[0][0], spans[-1][1], tuple(spans))


def weekday(days: Days) -> Days:
    """0 for Monday to 6 for Sunday."""
    return (days + 3) % 7
