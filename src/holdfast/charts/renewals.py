"""Renewals: one column a month, stacked by today's band, the total above, the red part beneath."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .bands import BANDS, UNKNOWN, band_of
from .number import number, short
from .rounding import largest_remainder
from .scale import MONTHS, Scale, ticks
from .svg import hatch, line, picture, rect, text, var
from .table import Table

RED = ("at_risk", "critical")


@dataclass(frozen=True)
class Month:
    """The month of ``first``: revenue that renews in it, by band."""

    first: date
    amounts: Mapping[str, float]

    @property
    def total(self) -> float:
        """Revenue that renews in the month."""
        return math.fsum(self.amounts.values())

    @property
    def red(self) -> float:
        """The part of it in a red band."""
        return math.fsum(self.amounts.get(band, 0.0) for band in RED)


@dataclass(frozen=True)
class Renewals:
    """Months in order. ``divisor`` and ``unit`` say how figures are printed: 1e6 and ``€ M``."""

    months: Sequence[Month]
    unit: str
    divisor: float = 1.0
    decimals: int = 1
    title: str = "Renewals by month"
    width: float = 580.0
    height: float = 220.0

    def shown(self) -> list[float]:
        """The printed totals: they add up to the printed sum."""
        return largest_remainder([month.total / self.divisor for month in self.months], self.decimals)

    def finding(self) -> str:
        """The main finding as a sentence."""
        if not any(month.total for month in self.months):
            return "Nothing renews in these months."
        top = max(self.months, key=lambda month: month.total)
        total, red = math.fsum(m.total for m in self.months), math.fsum(m.red for m in self.months)
        return (
            f"{self._n(total)} {self.unit} renews in {len(self.months)} months, "
            f"{self._n(red)} of it at risk or critical; "
            f"most in {_name(top.first, True)}, {self._n(top.total)}."
        )

    def _n(self, amount: float) -> str:
        return number(amount / self.divisor, self.decimals)

    def svg(self) -> str:
        """The picture."""
        high = max((month.total / self.divisor for month in self.months), default=0.0)
        steps = ticks(high)
        left, base = 36.0, self.height - 38
        y = Scale(0, steps[-1], base, 26)
        body = text(0, 10, self.unit)
        for step in steps:
            body += line(left, y(step), self.width, y(step), "line-3" if step == 0 else "grid")
            body += text(left - 8, y(step) + 4, short(step), text_anchor="end")
        body += text(0, self.height - 4, "red", fill=var("at-risk-t"), font_weight=600)
        room = (self.width - left) / max(len(self.months), 1)
        year = self.months[0].first.year if self.months else 0
        for place, (month, shown) in enumerate(zip(self.months, self.shown(), strict=True)):
            middle = left + (place + 0.5) * room
            body += self._column(month, middle, min(room * 0.7, 40.0), y)
            top = y(month.total / self.divisor) - 6
            centre = {"text_anchor": "middle"}
            body += text(middle, top, number(shown, self.decimals), fill=var("ink"), font_weight=650, **centre)
            body += text(middle, self.height - 22, _name(month.first, month.first.year != year and room > 44), **centre)
            year = month.first.year
            if month.red:
                red = number(month.red / self.divisor, self.decimals)
                body += text(middle, self.height - 4, red, fill=var("at-risk-t"), font_weight=600, **centre)
        return picture(self.width, self.height, self.title, self.finding(), body, "renewals")

    def _column(self, month: Month, middle: float, bar: float, y: Scale) -> str:
        body, level = "", 0.0
        for band in (BANDS[4], BANDS[3], BANDS[2], BANDS[1], BANDS[0], BANDS[5]):
            amount = month.amounts.get(band.name, 0.0) / self.divisor
            if amount <= 0:
                continue
            top, height = y(level + amount), y(level) - y(level + amount)
            if band.name == UNKNOWN:
                body += hatch(middle - bar / 2, top, bar, max(height - 1, 1), "chart-2")
            else:
                body += rect(middle - bar / 2, top, bar, max(height - 1, 0.8), band.token, rx=1)
            level += amount
        return body

    def table(self) -> Table:
        """The figures behind the picture."""
        names = [band.name for band in BANDS]
        rows = tuple(
            (
                _name(m.first, True),
                *(self._n(m.amounts.get(name, 0.0)) for name in names),
                number(s, self.decimals),
            )
            for m, s in zip(self.months, self.shown(), strict=True)
        )
        return Table(f"{self.title}, {self.unit}", ("Month", *(band_of(n).word for n in names), "Total"), rows)


def _name(first: date, year: bool) -> str:
    return MONTHS[first.month - 1] + (f" {first.year}" if year else "")
