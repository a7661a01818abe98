"""Usage series: one measure a week or day as bars from zero; a missing one is hatched, zero is zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .number import short
from .scale import Scale, day_words, month_ticks, ticks
from .svg import hatch, line, picture, rect, text, var
from .table import Table


@dataclass(frozen=True)
class Point:
    """The value of one period, named by its first day; None where nothing is known of it."""

    day: date
    value: float | None


@dataclass(frozen=True)
class Series:
    """Values of equal periods in order. ``unit`` stands at the top tick; ``period`` names one of them."""

    points: Sequence[Point]
    title: str
    unit: str
    period: str = "week"
    width: float = 712.0
    height: float = 132.0

    def finding(self) -> str:
        """The main finding as a sentence."""
        known = [(point.day, point.value) for point in self.points if point.value is not None]
        if not known:
            return f"No {self.period} with a known value."
        day, last = known[-1]
        peak_day, peak = max(known, key=lambda pair: pair[1])
        missing = len(self.points) - len(known)
        words = f"{short(last)} {self.unit} in the {self.period} of {day_words(day, True)}; "
        words += f"highest {short(peak)} in that of {day_words(peak_day, True)}"
        return words + (f"; {missing} without data." if missing else ".")

    def svg(self) -> str:
        """The picture."""
        known = [point.value for point in self.points if point.value is not None]
        steps = ticks(max(known, default=0.0), most=4)
        left, base = 42.0, self.height - 22
        y = Scale(0, steps[-1], base, 20)
        body = ""
        for step in steps:
            body += line(left, y(step), self.width, y(step), "line-3" if step == 0 else "grid")
            body += text(left - 8, y(step) + 4, short(step), text_anchor="end")
        body += text(left, 10, self.unit)
        room = (self.width - left) / max(len(self.points), 1)
        gap = 2.0 if room > 6 else 0.8
        for place, point in enumerate(self.points):
            x, bar = left + place * room + gap / 2, max(min(room - gap, 40.0), 1.0)
            if point.value is None:
                body += hatch(x, 20, room - gap, base - 20)
            elif point.value > 0:
                body += rect(x, y(point.value), bar, base - y(point.value), "chart-2", rx=1)
        body += self._days(left, room)
        return picture(self.width, self.height, self.title, self.finding(), body, "series")

    def _days(self, left: float, room: float) -> str:
        if not self.points:
            return ""
        first, last = self.points[0].day, self.points[-1].day
        x = Scale(first.toordinal(), max(last.toordinal(), first.toordinal() + 1), left, self.width - room)
        body, free = "", left
        for day, name in month_ticks(first, last):
            at = max(x(day.toordinal()), left)
            if at >= free and at + 6.5 * len(name) <= self.width:
                body += text(at, self.height - 5, name, fill=var("ink-3"))
                free = at + 6.5 * len(name) + 8
        return body

    def table(self) -> Table:
        """The figures behind the picture, newest first."""
        rows = tuple(
            (day_words(point.day, True), "unknown" if point.value is None else short(point.value))
            for point in reversed(self.points)
        )
        return Table(self.title, (f"{self.period.capitalize()} of", self.unit.capitalize()), rows)
