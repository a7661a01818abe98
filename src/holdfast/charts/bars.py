"""Small bars: counts by category or step of a range, from zero; the missing is a last bar, hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .number import short, shorten
from .scale import Scale, ticks
from .svg import element, hatch, line, picture, rect, text, var
from .table import Table


@dataclass(frozen=True)
class Bars:
    """Named counts in order; ``missing`` counts those without a category, None for no such bar."""

    bars: Sequence[tuple[str, float]]
    title: str
    unit: str
    missing: float | None = None
    width: float = 360.0
    height: float = 120.0

    def finding(self) -> str:
        """The main finding as a sentence."""
        if not self.bars:
            return "Nothing to count."
        name, value = max(self.bars, key=lambda bar: bar[1])
        words = f"Most {self.unit} at {name}: {short(value)} of {short(sum(v for _, v in self.bars))}"
        return words + (f"; {short(self.missing)} unknown." if self.missing else ".")

    def svg(self) -> str:
        """The picture."""
        steps = ticks(max([*(value for _, value in self.bars), self.missing or 0.0], default=0.0), most=4)
        left, base = 40.0, self.height - 20
        y = Scale(0, steps[-1], base, 20)
        body = text(left, 10, self.unit)
        for step in steps:
            body += line(left, y(step), self.width, y(step), "line-3" if step == 0 else "grid")
            body += text(left - 8, y(step) + 4, short(step), text_anchor="end")
        columns = len(self.bars) + (self.missing is not None)
        room = (self.width - left) / max(columns, 1)
        every = max(1, round(46 / room)) if room else 1
        for place, (name, value) in enumerate(self.bars):
            x = left + place * room
            body += rect(x + 1, y(value), room - 2, base - y(value), "chart-2", rx=1) if value > 0 else ""
            if place % every == 0:
                words = shorten(name, max(int(room * every / 6), 3))
                body += text(x + room / 2, self.height - 5, words, text_anchor="middle")
        if self.missing is not None:
            x = left + len(self.bars) * room
            body += hatch(x + 1, y(self.missing), room - 2, base - y(self.missing), border=True)
            body += text(x + room / 2, self.height - 5, "unknown", text_anchor="middle")
        return picture(self.width, self.height, self.title, self.finding(), body, "bars")

    def table(self) -> Table:
        """The figures behind the picture."""
        rows = [(name, short(value)) for name, value in self.bars]
        if self.missing is not None:
            rows.append(("unknown", short(self.missing)))
        return Table(self.title, ("Group", self.unit.capitalize()), tuple(rows))


@dataclass(frozen=True)
class LimitBar:
    """A value against its limit, an upright mark; None is hatched, since nothing is known."""

    value: float | None
    limit: float | None
    words: str
    colour: str = "chart-2"
    width: float = 110.0
    height: float = 14.0

    def finding(self) -> str:
        """The main finding as a sentence."""
        return self.words

    def svg(self) -> str:
        """The picture; the words stand beside it."""
        middle = self.height / 2
        if self.value is None:
            body = hatch(0, middle - 3, self.width, 6, "chart-2", step=4)
            return picture(self.width, self.height, "Age", self.words, body, "limit-bar", hidden=True)
        mark = self.width * 0.66
        share = self.value / self.limit if self.limit else 0.5
        body = rect(0, middle - 2.5, mark if self.limit else self.width, 5, "sunken", rx=2)
        body += rect(0, middle - 2.5, min(max(mark * share, 3.0), self.width), 5, self.colour, rx=2)
        if self.limit:
            body += element("line", x1=mark, x2=mark, y1=middle - 6, y2=middle + 6, stroke=var("ink"), stroke_width=1.6)
        return picture(self.width, self.height, "Age", self.words, body, "limit-bar", hidden=True)

    def table(self) -> Table:
        """The figures behind the picture."""
        shown = tuple("unknown" if v is None else short(v) for v in (self.value, self.limit))
        return Table("Age against limit", ("Measure", "Value", "Limit"), (("Age", *shown),))
