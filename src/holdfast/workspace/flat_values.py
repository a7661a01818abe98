"""The values of a recognised column: texts or typed cells become numbers, with every cell that is not one listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from holdfast.errors.flat import FlatScaleUnknown

from .flat_dates import column_order
from .flat_dates import parse as parse_date
from .flat_numbers import Decimal, evidence
from .flat_numbers import parse as parse_number

LARGEST_SHARE = 1.5
LARGEST = 1e15


@dataclass
class Reading:
    """What was read so far: cells that were refused, remarks, and the decimal sign that the file proves."""

    place: str
    empty: frozenset[str]
    decimal: Decimal = "."
    refused: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def blank(self, cell: Any) -> bool:
        """Whether a cell means no value."""
        return cell is None or (isinstance(cell, str) and cell.strip().casefold() in self.empty)


def texts(cells: Sequence[Any], reading: Reading) -> list[str]:
    """The different texts of a column that hold something."""
    return [c for c in dict.fromkeys(c for c in cells if isinstance(c, str)) if not reading.blank(c)]


def numbers(column: str, cells: Sequence[Any], reading: Reading, least: float | None = None) -> list[float | None]:
    """Numbers of a column; its own proof of the decimal sign goes before the file's."""
    proof = evidence(texts(cells, reading))
    decimal = next(iter(proof)) if len(proof) == 1 else reading.decimal

    def read(cell: Any) -> float | None:
        value = parse_number(cell, decimal) if isinstance(cell, str) else float(cell)
        return value if value is not None and abs(value) <= LARGEST else None

    values = _each(column, cells, reading, read, "not a number")
    if least is None:
        return values
    for row, value in enumerate(values):
        if value is not None and value < least:
            reading.refused.append({"row": row, "column": column, "value": str(cells[row]), "reason": "below zero"})
    return [None if v is not None and v < least else v for v in values]


def dates(column: str, cells: Sequence[Any], reading: Reading) -> list[date | None]:
    """Dates of a column; where day and month cannot be told apart, all of them are refused."""
    written = texts(cells, reading)
    order = column_order(written) if written else "dmy"
    if order is None:
        reading.notes.append(f"{column}: day and month cannot be told apart; the column is left out")
        return [None] * len(cells)

    def read(cell: Any) -> date | None:
        if isinstance(cell, datetime):
            return cell.date()
        return cell if isinstance(cell, date) else parse_date(str(cell), order)

    return _each(column, cells, reading, read, "not a date")


def shares(column: str, cells: Sequence[Any], reading: Reading) -> list[float | None]:
    """Shares of 1: percent where a percent sign stands or a value is larger than any share."""
    values = numbers(column, cells, reading)
    signs = any("%" in t for t in texts(cells, reading))
    percent = signs or any(v is not None and abs(v) > LARGEST_SHARE for v in values)
    if percent:
        reading.notes.append(f"{column}: read as percent")
    return [None if v is None else v / 100.0 if percent else v for v in values]


def scaled(
    column: str, cells: Sequence[Any], reading: Reading, scales: Sequence[Mapping[str, Any]]
) -> tuple[list[float | None], Mapping[str, Any]]:
    """A score on the first scale that holds all values, brought to the metric's own scale, and that scale."""
    values = numbers(column, cells, reading)
    known = [v for v in values if v is not None]
    if not known:
        return values, scales[0]
    low, high = min(known), max(known)
    scale = next((s for s in scales if s["low"] <= low and high <= s["high"]), None)
    if scale is None:
        raise FlatScaleUnknown(place=reading.place, column=column, low=low, high=high)
    factor, plus = float(scale.get("factor", 1)), float(scale.get("plus", 0))
    reading.notes.append(f"{column}: read on the scale {scale['scale']}")
    return [None if v is None else v * factor + plus for v in values], scale


def _each(column: str, cells: Sequence[Any], reading: Reading, read: Callable[[Any], Any], why: str) -> list[Any]:
    seen: dict[Any, Any] = {}
    found: list[Any] = []
    for line, cell in enumerate(cells):
        if reading.blank(cell):
            found.append(None)
            continue
        if cell not in seen:
            try:
                seen[cell] = read(cell)
            except (TypeError, ValueError):
                seen[cell] = None
        if seen[cell] is None:
            reading.refused.append({"row": line, "column": column, "value": str(cell), "reason": why})
        found.append(seen[cell])
    return found
