"""Band bar: shares of a total in band order, 2 px gaps, unknown hatched last."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .bands import BANDS, UNKNOWN, band_of
from .number import number, short
from .rounding import largest_remainder
from .svg import hatch, picture, rect
from .table import Table


@dataclass(frozen=True)
class BandBar:
    """Amounts by band name. ``greyed`` where there are too few to compare; ``unit`` as in ``accounts``."""

    amounts: Sequence[tuple[str, float]]
    title: str = "Bands"
    unit: str = "accounts"
    width: float = 560.0
    height: float = 16.0
    greyed: bool = False

    def _ordered(self) -> list[tuple[str, float]]:
        rank = {band.name: place for place, band in enumerate(BANDS)}
        known = [(name, max(float(amount), 0.0)) for name, amount in self.amounts]
        return sorted(known, key=lambda pair: rank.get(pair[0], len(rank)))

    def _shares(self) -> list[float]:
        amounts = [amount for _, amount in self._ordered()]
        total = math.fsum(amounts)
        return largest_remainder([100 * amount / total for amount in amounts], 0) if total else [0.0 for _ in amounts]

    def finding(self) -> str:
        """The main finding as a sentence."""
        parts = [
            f"{band_of(name).word} {number(share)}%"
            for (name, amount), share in zip(self._ordered(), self._shares(), strict=True)
            if amount
        ]
        return f"Share of {self.unit}: " + ", ".join(parts) + "." if parts else f"No {self.unit}."

    def svg(self) -> str:
        """The picture; an empty total is one hatched bar."""
        shown = [(name, amount) for name, amount in self._ordered() if amount > 0]
        total = math.fsum(amount for _, amount in shown)
        if not total:
            body = hatch(0, 0, self.width, self.height, "chart-2")
            return picture(self.width, self.height, self.title, self.finding(), body, "band-bar stretched")
        room = self.width - 2.0 * (len(shown) - 1)
        body, x = "", 0.0
        for name, amount in shown:
            length = room * amount / total
            if name == UNKNOWN:
                body += hatch(x, 0, length, self.height, "chart-2", step=5)
            elif self.greyed:
                body += rect(x, 0, length, self.height, "chart-2", rx=2, opacity=0.55)
            else:
                body += rect(x, 0, length, self.height, band_of(name).token, rx=2)
            x += length + 2
        return picture(self.width, self.height, self.title, self.finding(), body, "band-bar stretched")

    def table(self) -> Table:
        """The figures behind the picture."""
        rows = tuple(
            (band_of(name).word, short(amount), f"{number(share)}%")
            for (name, amount), share in zip(self._ordered(), self._shares(), strict=True)
        )
        return Table(self.title, ("Band", self.unit.capitalize(), "Share"), rows)
