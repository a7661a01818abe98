"""Coverage bar: how much of the weight rests on data; the missing share is hatched."""

from __future__ import annotations

from dataclasses import dataclass

from .number import number
from .svg import hatch, picture, rect
from .table import Table


@dataclass(frozen=True)
class CoverageBar:
    """``share`` of the weight has fresh data, from 0 to 1; None where nothing is known."""

    share: float | None
    width: float = 46.0
    height: float = 3.0
    hidden: bool = True

    def finding(self) -> str:
        """The main finding as a sentence."""
        if self.share is None:
            return "Unknown share of the weight has data."
        return f"{number(self.share * 100)} percent of the weight has data."

    def svg(self) -> str:
        """The picture."""
        share = min(max(self.share or 0.0, 0.0), 1.0)
        filled = round(self.width * share, 1)
        if share < 1 and self.width - filled < 3:
            filled = self.width - 3
        gap = 1.0 if 0 < share < 1 else 0.0
        body = rect(0, 0, filled - gap, self.height, "chart-2", rx=1) if filled > gap else ""
        body += hatch(filled, 0, self.width - filled, self.height, "chart-2", step=4)
        return picture(self.width, self.height, "Coverage", self.finding(), body, "coverage", self.hidden)

    def table(self) -> Table:
        """The figures behind the picture."""
        known = "unknown" if self.share is None else f"{number(self.share * 100)}%"
        return Table("Coverage", ("Measure", "Share"), (("Weight with data", known),))
