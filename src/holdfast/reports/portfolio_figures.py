"""The portfolio as printed: whole units of money, and printed parts that make the printed totals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from holdfast.charts.bands import BANDS, Band, band_of
from holdfast.charts.number import number, percent, signed
from holdfast.charts.rounding import largest_remainder

from .words import SYMBOLS, name_words

THOUSANDS_FROM = 1_000_000


@dataclass(frozen=True)
class BandRow:
    """One line of the band table as printed; the movement is empty where there is no earlier day."""

    band: Band
    accounts: str
    arr: str
    share: str
    movement: tuple[str, ...]


@dataclass(frozen=True)
class BandTable:
    """The band table with its total and the words for its money."""

    unit: str
    rows: tuple[BandRow, ...]
    accounts: str
    arr: str
    share: str
    movement: tuple[str, ...]


def unit_of(total: float, currency: str | None) -> tuple[float, str]:
    """Divisor and words for the money of a table.

    >>> unit_of(61_480_000, "EUR"), unit_of(480, "CHF")
    ((1000.0, '€ thousand'), (1.0, 'CHF'))
    """
    code = (currency or "").upper()
    sign = SYMBOLS.get(code, code)
    return (1000.0, f"{sign} thousand".strip()) if abs(total) >= THOUSANDS_FROM else (1.0, sign)


def money_column(amounts: Sequence[float], divisor: float) -> list[float]:
    """Amounts as printed in one column: whole units that add up to the printed total.

    >>> money_column([1400.0, 1400.0, 1400.0], 1000.0)
    [2.0, 1.0, 1.0]
    """
    return largest_remainder([amount / divisor for amount in amounts], 0)


def band_table(document: Mapping[str, Any]) -> BandTable:
    """Bands with accounts, revenue, share and movement since the earlier day."""
    bands = document["bands"]
    total = math.fsum(entry["arr"] for entry in bands)
    divisor, unit = unit_of(total, document.get("currency"))
    arr = largest_remainder([entry["arr"] / divisor for entry in bands], 0)
    shares = (
        largest_remainder([100 * entry["arr"] / total for entry in bands], 1, 100.0) if total else [0.0] * len(bands)
    )
    moved = _movement(document, divisor, arr)
    return BandTable(
        unit=unit,
        rows=tuple(
            BandRow(band_of(e["band"]), number(e["accounts"]), number(arr[i]), percent(shares[i] / 100, 1), moved[i])
            for i, e in enumerate(bands)
        ),
        accounts=number(sum(entry["accounts"] for entry in bands)),
        arr=number(math.fsum(arr)),
        share=percent(1.0 if total else 0.0, 1),
        movement=moved[-1],
    )


def _movement(document: Mapping[str, Any], divisor: float, now: Sequence[float]) -> list[tuple[str, ...]]:
    """Before, in, out, new less lost, grown less shrunk; growth is what the printed others leave."""
    movement = document.get("movement")
    if not movement:
        return [()] * (len(now) + 1)
    flows = [{key: value / divisor for key, value in entry["arr"].items()} for entry in movement]
    before = largest_remainder([flow["before"] for flow in flows], 0)
    moved = round(math.fsum(flow["moved_in"] for flow in flows))
    into = largest_remainder([flow["moved_in"] for flow in flows], 0, moved)
    out = largest_remainder([flow["moved_out"] for flow in flows], 0, moved)
    net = largest_remainder([flow["new"] - flow["lost"] for flow in flows], 0)
    grown = [n - b - i + o - w for n, b, i, o, w in zip(now, before, into, out, net, strict=True)]
    rows = [*zip(before, into, out, net, grown, strict=True)]
    rows.append(tuple(math.fsum(column) for column in zip(*rows, strict=True)))  # type: ignore[arg-type]
    return [(number(b), _plus(i), _plus(-o), _plus(w), _plus(g)) for b, i, o, w, g in rows]


def _plus(amount: float) -> str:
    return "0" if round(amount) == 0 else signed(amount, 0)


def group_words(group: Mapping[str, Any]) -> str:
    """The red share of a group with interval and base, or why there is none.

    >>> group_words({"too_few": True, "with_score": 19})
    'n = 19, too few to compare'
    """
    base = f"n = {number(group['with_score'])}"
    if group["too_few"] or group.get("red_share") is None:
        return f"{base}, too few to compare"
    low, high = number(group["red_low"] * 100), number(group["red_high"] * 100)
    return f"{percent(group['red_share'])} red ({low} to {high}), {base}"


def group_name(group: Mapping[str, Any], missing: str) -> str:
    """The name of a group; the words for none."""
    name = group.get("name")
    return missing if name is None else name if "@" in name or " " in name else name_words(name)


def band_counts(bands: Sequence[Mapping[str, Any]]) -> list[tuple[str, float]]:
    """Accounts by band, for a band bar."""
    counts = {entry["band"]: float(entry["accounts"]) for entry in bands}
    return [(band.name, counts.get(band.name, 0.0)) for band in BANDS]


def lowest_first(accounts: Sequence[Mapping[str, Any]], limit: int) -> list[Mapping[str, Any]]:
    """Scored accounts, lowest score first, then the larger revenue; those without a score after them."""
    inside = [row for row in accounts if not row.get("not_scored")]
    inside.sort(
        key=lambda row: (
            row.get("score") is None,
            row.get("score") or 0.0,
            -float(row.get("arr") or row.get("mrr") or 0),
            str(row["account_id"]),
        )
    )
    return inside[:limit]


def step_words(step: Any) -> str:
    """The next step of a row: a text, or the action of a step.

    >>> step_words({"action": "Call"}), step_words("Call"), step_words(None)
    ('Call', 'Call', '')
    """
    if isinstance(step, Mapping):
        return str(step.get("action") or step.get("label") or "")
    return str(step) if step else ""


def reasons_line(row: Mapping[str, Any], most: int = 3) -> str:
    """The reasons of a row, joined."""
    texts = [entry["text"] if isinstance(entry, Mapping) else str(entry) for entry in row.get("reasons") or []]
    return " · ".join(texts[:most])
