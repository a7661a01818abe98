"""Component bars: length is the weight, fill is what was earned; all bars together are the whole score."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .number import number, shorten
from .rounding import largest_remainder
from .svg import element, hatch, picture, rect, text, var
from .table import Table


@dataclass(frozen=True)
class ComponentBar:
    """One component: ``weight`` and ``earned`` in points of the score; what is not known is drawn hatched."""

    name: str
    weight: float
    earned: float | None


@dataclass(frozen=True)
class SingleBar:
    """One bar alone, on the scale of the longest; for rows of a page that carry the figures themselves."""

    bar: ComponentBar
    longest: float
    width: float = 400.0
    height: float = 14.0

    def finding(self) -> str:
        """The main finding as a sentence."""
        earned = "an unknown number" if self.bar.earned is None else number(self.bar.earned, 1)
        return f"{self.bar.name} earned {earned} of {number(self.bar.weight, 1)} points."

    def svg(self) -> str:
        """The picture; the words stand beside it."""
        body = _bar(self.bar, 0, 0, (self.width - 1) / (self.longest or 1), self.height)
        return picture(self.width, self.height, self.bar.name, self.finding(), body, "component-bar", hidden=True)

    def table(self) -> Table:
        """The figures behind the picture."""
        return ComponentBars((self.bar,)).table()


def _bar(bar: ComponentBar, x: float, y: float, per_point: float, height: float) -> str:
    length = max(bar.weight * per_point, 2.0)
    if bar.weight <= 0:
        return hatch(x, y, 24, height, "line-3", border=True)
    outline = element(
        "rect",
        x=x + 0.5,
        y=y + 0.5,
        width=length - 1,
        height=height - 1,
        rx=2,
        fill=var("sunken"),
        stroke=var("line-2"),
    )
    if bar.earned is None:
        return outline + hatch(x, y, length, height, "line-3", border=True)
    earned = min(max(bar.earned, 0.0) * per_point, length)
    return outline + (rect(x, y, earned, height, "bar", rx=2) if earned > 0.4 else "")


@dataclass(frozen=True)
class ComponentBars:
    """All components of a score. Earned points are rounded so that the printed ones add up."""

    bars: Sequence[ComponentBar]
    title: str = "Points by component"
    width: float = 760.0
    row: float = 30.0

    def shown(self) -> list[float | None]:
        """The earned points as printed; None where one of them is not known."""
        earned = [bar.earned for bar in self.bars if bar.earned is not None]
        if len(earned) < len(self.bars):
            return [None] * len(self.bars)
        return [*largest_remainder(earned, 1)]

    def finding(self) -> str:
        """The main finding as a sentence."""
        known = [(bar.name, bar.weight, bar.earned) for bar in self.bars if bar.earned is not None]
        if not known or len(known) < len(self.bars):
            return "No points: there is no score."
        earned, weight = math.fsum(e for _, _, e in known), math.fsum(w for _, w, _ in known)
        cost, name = max((w - e, name) for name, w, e in known)
        return f"{number(earned, 1)} of {number(weight)} points; {name} costs most, {number(cost, 1)}."

    def svg(self) -> str:
        """The picture."""
        longest = max((bar.weight for bar in self.bars), default=1.0) or 1.0
        per_point = (self.width - 150 - 120) / longest
        body = ""
        for place, (bar, shown) in enumerate(zip(self.bars, self.shown(), strict=True)):
            y = place * self.row
            body += text(0, y + 15, shorten(bar.name, 22), font_size=12, fill=var("ink"))
            body += _bar(bar, 150, y + 4, per_point, 14)
            words = f"{_points(shown)} of {number(bar.weight)}"
            body += text(self.width, y + 15, words, text_anchor="end", font_size=12, fill=var("ink"))
        height = max(self.row * len(self.bars), self.row)
        return picture(self.width, height, self.title, self.finding(), body, "component-bars")

    def table(self) -> Table:
        """The figures behind the picture."""
        rows = tuple(
            (bar.name, number(bar.weight, 1), _points(shown), _points(None if shown is None else bar.weight - shown))
            for bar, shown in zip(self.bars, self.shown(), strict=True)
        )
        return Table(self.title, ("Component", "Weight", "Earned", "Costs"), rows)


def _points(points: float | None) -> str:
    return "–" if points is None else number(points, 1)
