"""Matrix: one neutral ink ramp by amount, figure and count in each cell, margins that sum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .bands import UNKNOWN, band_of, glyph_shape
from .number import number, shorten
from .svg import element, picture, rect, text, var
from .table import Table

DIGIT, GAP = 7.6, 16.0
"""Width of a strong digit, and the free room beside a figure."""


@dataclass(frozen=True)
class Cell:
    """An amount, already in the printed unit, and how many accounts carry it."""

    amount: float
    count: int


@dataclass(frozen=True)
class Matrix:
    """Rows by bands. ``outlined`` names (row, band) cells that are the finding; ``notes`` stand under the rows.

    It is ``width`` wide, or wider where the largest sum needs more room in its column.
    """

    rows: Sequence[str]
    bands: Sequence[str]
    cells: Sequence[Sequence[Cell]]
    title: str
    unit: str
    outlined: frozenset[tuple[str, str]] = frozenset()
    width: float = 530.0
    notes: Sequence[str] = ()

    def finding(self) -> str:
        """The main finding as a sentence."""
        total = sum(cell.amount for row in self.cells for cell in row)
        count = sum(cell.count for row in self.cells for cell in row)
        words = f"{number(total)} {self.unit} over {number(count)} accounts"
        marked = [
            self.cells[i][j]
            for i, row in enumerate(self.rows)
            for j, band in enumerate(self.bands)
            if (row, band) in self.outlined
        ]
        if not marked:
            return words + "."
        return words + f"; outlined {number(sum(c.amount for c in marked))}, {sum(c.count for c in marked)} accounts."

    def svg(self) -> str:
        """The picture."""
        left, step = 152.0 if self.notes else 118.0, 50.0
        column = max((self.width - left) / (len(self.bands) + 1), self._widest_sum())
        width = left + column * (len(self.bands) + 1)
        most = max((cell.amount for row in self.cells for cell in row), default=0.0) or 1.0
        body = ""
        for j, band in enumerate(self.bands):
            middle = left + (j + 0.5) * column
            body += glyph_shape(band, middle, 8, 12)
            body += text(
                middle, 28, "No data" if band == UNKNOWN else shorten(band_of(band).word, 9), text_anchor="middle"
            )
        body += text(width, 28, "Total", text_anchor="end")
        for i, row in enumerate(self.rows):
            y = 36 + i * step
            note = self.notes[i] if i < len(self.notes) else ""
            body += text(0, y + (20 if note else 26), shorten(row, 20), font_size=12, fill=var("ink"), font_weight=600)
            body += text(0, y + 36, shorten(note, 28)) if note else ""
            for j, band in enumerate(self.bands):
                cell = self.cells[i][j]
                x = left + j * column
                shade = 0.06 + 0.26 * max(cell.amount, 0.0) / most if cell.count else 0.03
                body += rect(x + 1, y + 1, column - 3, step - 3, "ink", rx=3, opacity=round(shade, 3))
                body += self._outline(row, band, x, y, column, step)
                body += _figures(x + column - 9, y, cell, "end")
            body += _figures(width, y, _sum(self.cells[i]), "end", strong=True)
        y = 36 + len(self.rows) * step
        body += text(0, y + 26, "Total", font_size=12, fill=var("ink"), font_weight=650)
        for j in range(len(self.bands)):
            body += _figures(left + (j + 1) * column - 9, y, _sum([r[j] for r in self.cells]), "end", strong=True)
        body += _figures(width, y, _sum([c for r in self.cells for c in r]), "end", strong=True)
        return picture(width, y + step, self.title, self.finding(), body, "matrix")

    def _widest_sum(self) -> float:
        columns = [math.fsum(row[j].amount for row in self.cells) for j in range(len(self.bands))]
        return max(len(number(amount)) for amount in [*columns, math.fsum(columns)]) * DIGIT + GAP

    def _outline(self, row: str, band: str, x: float, y: float, column: float, step: float) -> str:
        if (row, band) not in self.outlined:
            return ""
        return element(
            "rect",
            x=x + 1,
            y=y + 1,
            width=column - 3,
            height=step - 3,
            rx=3,
            fill="none",
            stroke=var("at-risk"),
            stroke_width=2,
        )

    def table(self) -> Table:
        """The figures behind the picture."""
        body = [
            (row, *(f"{number(c.amount)} ({c.count})" for c in (*cells, _sum(cells))))
            for row, cells in zip(self.rows, self.cells, strict=True)
        ]
        foot = [_sum([row[j] for row in self.cells]) for j in range(len(self.bands))]
        body.append(("Total", *(f"{number(c.amount)} ({c.count})" for c in (*foot, _sum(foot)))))
        columns = (self.unit, *(band_of(band).word for band in self.bands), "Total")
        return Table(self.title, columns, tuple(body))


def _sum(cells: Sequence[Cell]) -> Cell:
    return Cell(sum(cell.amount for cell in cells), sum(cell.count for cell in cells))


def _figures(x: float, y: float, cell: Cell, anchor: str, strong: bool = False) -> str:
    weight = 650 if strong else 550
    body = text(x, y + 22, number(cell.amount), text_anchor=anchor, font_size=12, fill=var("ink"), font_weight=weight)
    return body + text(x, y + 37, number(cell.count), text_anchor=anchor, fill=var("ink-2"))
