"""Axes: straight scales, round ticks, months."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Scale:
    """Values from ``low`` to ``high`` on pixels from ``start`` to ``end``.

    >>> Scale(0, 10, 100, 0)(2.5)
    75.0
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value; everything at the start where the range is empty."""
        if self.high == self.low:
            return float(self.start)
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(high: float, low: float = 0.0, most: int = 5) -> list[float]:
    """Round values from ``low`` up to the first one at or above ``high``; at most ``most`` of them.

    >>> ticks(10.1)
    [0.0, 5.0, 10.0, 15.0]
    >>> ticks(0)
    [0.0, 1.0]
    """
    span = high - low
    if span <= 0:
        return [low, low + 1.0]
    power: float = 10.0 ** math.floor(math.log10(span / (most - 1)))
    for factor in (1, 2, 2.5, 5, 10, 20, 25):
        step = power * factor
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first + 1 <= most:
            return [round(index * step, 10) for index in range(first, last + 1)]
    return [low, high]


def month_ticks(first: date, last: date, most: int = 5) -> list[tuple[date, str]]:
    """First days of months with their names, the year where it changes; the first day where no month begins.

    >>> [name for _, name in month_ticks(date(2025, 9, 20), date(2026, 3, 17))]
    ['Nov', 'Jan 2026', 'Mar']
    """
    start = first.year * 12 + first.month - (1 if first.day == 1 else 0)
    end = last.year * 12 + last.month - 1
    months = range(start, end + 1)
    if not months:
        return [(first, day_words(first, year=True))]
    step = next((s for s in (1, 2, 3, 6, 12, 24, 36, 60, 120) if len(months) <= most * s), 240)
    chosen = [m for m in months if m % step == 0] or list(months)[:1]
    named, year = [], first.year
    for month in chosen:
        day = date(month // 12, month % 12 + 1, 1)
        named.append((day, MONTHS[day.month - 1] + (f" {day.year}" if day.year != year else "")))
        year = day.year
    return named


def day_words(day: date, year: bool = False) -> str:
    """A day in short: ``17 Mar``, or ``17 Mar 2026``.

    >>> day_words(date(2026, 3, 17), year=True)
    '17 Mar 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def runs(present: Sequence[bool]) -> list[tuple[int, int]]:
    """Stretches of true values as (first, last) index.

    >>> runs([True, True, False, True])
    [(0, 1), (3, 3)]
    """
    found: list[tuple[int, int]] = []
    for index, value in enumerate(present):
        if not value:
            continue
        if found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found
