"""The two matrices of the portfolio, the four strategies, and tier shares against the expected ranges, as printed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.charts.bands import BANDS
from holdfast.charts.matrix import Cell, Matrix
from holdfast.charts.number import number, percent, signed
from holdfast.charts.rounding import largest_remainder
from holdfast.portfolio.proof import PROOFS, UNPROVEN
from holdfast.portfolio.tiers import HEALTHY_FROM, HIGH_VALUE

from .portfolio_figures import group_name, money_column, unit_of
from .render import figure
from .words import money_headline, plural

NO_GROUP = {"owners": "No owner", "segments": "No segment", "tiers": "No tier"}
GREEN = ("thriving", "healthy")
CELLS = {("high", "high"): "High value, high health", ("high", "low"): "High value, low health",
         ("low", "high"): "Low value, high health", ("low", "low"): "Low value, low health"}
FEWEST = 30
"""Below so many accounts a share of customers is not compared with its range."""


def matrices(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Proof of value by health and value tier by health; each sums to the bands in accounts and revenue."""
    made = []
    if proof := document.get("proof"):
        words = [PROOFS.get(group["key"], (str(group["key"]), "")) for group in proof]
        names, notes = [name for name, _ in words], [note for _, note in words]
        outlined = {(PROOFS[g["key"]][0], band) for g in proof if g["key"] in UNPROVEN for band in GREEN}
        chart = _matrix(document, proof, names, "Proof of value and band", notes, frozenset(outlined))
        made.append({"id": "proof", "title": "Proof of value × health", "note": _unproven(document, proof), **chart})
    tiers = list(document.get("tiers") or [])
    if 2 <= len(tiers) <= 6:
        names = [group_name(group, NO_GROUP["tiers"]) for group in tiers]
        made.append({"id": "tier", "title": "Value tier × health", "note": "",
                     **_matrix(document, tiers, names, "Value tier and band")})
    return made


def _unproven(document: Mapping[str, Any], proof: Sequence[Mapping[str, Any]]) -> str:
    if [group["key"] for group in proof] == ["unknown"]:
        return "No claim of value was ever recorded, so what stands behind a green score is unknown."
    cells = [entry for g in proof if g["key"] in UNPROVEN for entry in g["bands"] if entry["band"] in GREEN]
    arr = money_headline(math.fsum(entry["arr"] for entry in cells), document.get("currency"))
    return f"Green but unproven: {arr}, {plural(sum(entry['accounts'] for entry in cells), 'account')}."


def _matrix(
    document: Mapping[str, Any], groups: Sequence[Mapping[str, Any]], names: Sequence[str], title: str,
    notes: Sequence[str] = (), outlined: frozenset[tuple[str, str]] = frozenset(),
) -> dict[str, Any]:
    divisor, unit = unit_of(document["totals"]["arr"], document.get("currency"))
    printed = money_column([entry["arr"] for entry in document["bands"]], divisor)
    columns = {entry["band"]: amount for entry, amount in zip(document["bands"], printed, strict=True)}
    by_band = {
        band.name: largest_remainder([_cell(g, band.name)[0] / divisor for g in groups], 0, columns[band.name])
        for band in BANDS
    }
    cells = [[Cell(by_band[band.name][i], _cell(g, band.name)[1]) for band in BANDS] for i, g in enumerate(groups)]
    chart = Matrix(names, [b.name for b in BANDS], cells, title, unit, outlined, notes=notes)
    return {"figure": figure(chart), "unit": unit}


def _cell(group: Mapping[str, Any], band: str) -> tuple[float, int]:
    mine = [entry for entry in group["bands"] if entry["band"] == band]
    return math.fsum(entry["arr"] for entry in mine), sum(entry["accounts"] for entry in mine)


def strategies(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """What to do with accounts of high and low value and health; the four and the unknown sum to all."""
    cells = document.get("strategies")
    if not cells:
        return None
    divisor, unit = unit_of(document["totals"]["arr"], document.get("currency"))
    amounts = money_column([cell["arr"] for cell in cells], divisor)
    rows = [
        {"name": CELLS.get((cell["value"], cell["health"]), "One of the two unknown"), "what": cell["strategy"],
         "accounts": number(cell["accounts"]), "arr": number(amount)}
        for cell, amount in zip(cells, amounts, strict=True) if cell["value"] is not None or cell["accounts"]
    ]
    least = money_headline(HIGH_VALUE, document.get("currency"))
    note = f"high value from {least} ARR, high health from a score of {HEALTHY_FROM}"
    return {"rows": rows, "unit": unit, "note": note, "accounts": number(sum(cell["accounts"] for cell in cells)),
            "arr": number(math.fsum(amounts))}


def tier_shares(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """Each tier's share of customers and of revenue, printed so that both columns make 100 %, and its range."""
    tiers = document.get("tier_shares")
    if not tiers:
        return None
    few = document["totals"]["accounts"] < FEWEST
    printed = {key: largest_remainder([100 * (t[key]["share"] or 0.0) for t in tiers], 1) for key in
               ("customers", "revenue")}
    rows = [
        {"name": group_name({"name": tier["tier"]}, NO_GROUP["tiers"]), "accounts": number(tier["accounts"]),
         **{key: _share(tier[key], printed[key][place], few) for key in printed}}
        for place, tier in enumerate(tiers)
    ]
    return {"rows": rows, "few": f"{plural(document['totals']['accounts'], 'account')}, too few to compare with the "
            f"ranges." if few else ""}


def _share(found: Mapping[str, Any], printed: float, few: bool) -> dict[str, str]:
    if found["share"] is None:
        return {"share": "unknown", "range": "", "verdict": ""}
    span, apart = found["expected"], found["apart"]
    words = {"share": percent(printed / 100, 1), "range": "no range", "verdict": ""}
    if span is not None:
        words["range"] = f"{number(100 * span[0])} to {number(100 * span[1])}%"
    if apart is not None and not few:
        words["verdict"] = "within" if apart == 0 else f"{signed(100 * apart, 1)} pts"
    return words
