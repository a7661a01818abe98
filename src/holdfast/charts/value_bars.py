"""Value against price: one bar each on the same scale, what nobody confirmed hatched, never added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .scale import Scale
from .svg import hatch, line, picture, rect, text, var
from .table import Table

Kind = Literal["price", "confirmed", "proposed"]


@dataclass(frozen=True)
class ValueBar:
    """An amount a year with its words; None where it is unknown."""

    name: str
    amount: float | None
    words: str
    kind: Kind


@dataclass(frozen=True)
class ValueBars:
    """Amounts a year in one currency, the price first; the price stands as a line through each of the others."""

    bars: Sequence[ValueBar]
    width: float = 330.0

    def finding(self) -> str:
        """The main finding as a sentence."""
        return "; ".join(f"{bar.name}: {bar.words}" for bar in self.bars) + "."

    def svg(self) -> str:
        """The picture."""
        most = max([bar.amount for bar in self.bars if bar.amount is not None], default=0.0)
        x = Scale(0, most, 0, self.width - 2)
        body = ""
        for place, bar in enumerate(self.bars):
            top = place * 36.0
            body += text(0, top + 11, bar.name)
            body += text(self.width, top + 11, bar.words, text_anchor="end", fill=var("ink"), font_weight=600)
            body += self._bar(bar, x, top + 16)
        price = self.bars[0].amount if self.bars else None
        if price is not None and most > 0:
            at = x(price)
            for place in range(1, len(self.bars)):
                body += line(at, place * 36.0 + 14, at, place * 36.0 + 30, "ink", stroke_width=1.4)
        return picture(self.width, 36.0 * len(self.bars), "Value against price, a year", self.finding(), body, "value")

    def _bar(self, bar: ValueBar, x: Scale, top: float) -> str:
        if bar.amount is None:
            return hatch(0, top, self.width - 2, 12, "chart-2")
        width = x(bar.amount) if x.high > 0 else 0.0
        if bar.kind == "proposed":
            return hatch(0, top, width, 12, "healthy", border=True)
        return rect(0, top, width, 12, "bar" if bar.kind == "price" else "healthy", rx=2)

    def table(self) -> Table:
        """The figures behind the picture."""
        return Table("Value against price, a year", ("What", "Amount"), tuple((b.name, b.words) for b in self.bars))
