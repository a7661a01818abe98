"""Sparkline: 80 x 22, the same 24 points of score tall in every row, so that slopes compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .bands import band_of
from .number import number
from .scale import Scale, runs
from .svg import element, hatch, picture, var
from .table import Table

POINTS_TALL = 24.0


@dataclass(frozen=True)
class Sparkline:
    """Values in order; None is a missing day and is never joined over.

    ``days`` says on which day each value stands, in days from any start; without it they are evenly spaced.
    """

    values: Sequence[float | None]
    band: str | None = None
    title: str = "Score, last days"
    width: float = 80.0
    height: float = 22.0
    dot: str | None = None
    days: Sequence[int] = ()

    def finding(self) -> str:
        """The main finding as a sentence."""
        known = [value for value in self.values if value is not None]
        if not known:
            return "No value on any day."
        missing = len(self.values) - len(known)
        gap = f", {missing} of {len(self.values)} days without a value" if missing else ""
        return f"From {number(known[0], 1)} to {number(known[-1], 1)}{gap}."

    def _scale(self, known: Sequence[float]) -> Scale:
        low, high = min(known), max(known)
        middle, half = (low + high) / 2, max(POINTS_TALL, high - low) / 2
        return Scale(middle - half, middle + half, self.height - 3, 3)

    def svg(self) -> str:
        """The picture."""
        known = [value for value in self.values if value is not None]
        if not known:
            body = hatch(0, 2, self.width, self.height - 4)
            return picture(self.width, self.height, self.title, self.finding(), body, "sparkline")
        y = self._scale(known)
        days = self.days or range(len(self.values))
        along = Scale(days[0], max(days[-1], days[0] + 1), 2, self.width - 4)

        def x(place: int) -> float:
            return along(days[place])

        body = "".join(
            hatch(
                x(max(first - 1, 0)) + 1,
                2,
                x(min(last + 1, len(self.values) - 1)) - x(max(first - 1, 0)) - 2,
                self.height - 4,
            )
            for first, last in runs([value is None for value in self.values])
        )
        for first, last in runs([value is not None for value in self.values]):
            points = [(x(i), y(v)) for i, v in enumerate(self.values) if v is not None and first <= i <= last]
            path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
            body += element("path", d=path, fill="none", stroke=var("chart"), stroke_width=1.4)
        end = max(index for index, value in enumerate(self.values) if value is not None)
        token = self.dot or band_of(self.band).token
        body += element("circle", cx=x(end), cy=y(known[-1]), r=2.6, fill=var(token))
        return picture(self.width, self.height, self.title, self.finding(), body, "sparkline")

    def table(self) -> Table:
        """The figures behind the picture."""
        rows = tuple(
            (str(place + 1), "–" if value is None else number(value, 1)) for place, value in enumerate(self.values)
        )
        return Table(self.title, ("Day", "Score"), rows)
