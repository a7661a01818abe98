"""Reasons beside a score: short facts that are true of the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.definitions.metric import Metric

from .rows import Row
from .words import fact, shorten

MOST = 3
GOOD, BAD = 70.0, 50.0


def reasons(
    score: Row, points: Sequence[Row], adjustments: Sequence[Row], definitions: Mapping[str, Metric], color: str
) -> list[dict[str, Any]]:
    """At most three reasons, the weightiest first, each at most 60 characters.

    For a green account what earns most, then what costs most; otherwise what costs most, limits first.
    Where the score is withheld: how little is known, and what is missing.
    """
    if score["score"] is None:
        return _unknown(score, points, definitions)
    caps = [a for a in adjustments if a["kind"] != "missing" and a["amount"] < 0]
    held = [_reason(a["why"][:1].upper() + a["why"][1:], None, a["amount"]) for a in caps]
    known = [p for p in points if p["score"] is not None and p["weight_effective"]]
    costs = sorted(known, key=lambda p: (-_cost(p), p["metric"]))
    earned = sorted(known, key=lambda p: (-p["points"], p["metric"]))
    if color == "green":
        chosen = [p for p in earned if p["score"] >= GOOD][:2] + [p for p in costs if p["score"] < BAD][:1]
    else:
        chosen = [p for p in costs if p["score"] < GOOD]
    facts = [_fact(p, definitions) for p in chosen]
    return (held + facts)[:MOST] or [_fact(p, definitions) for p in earned[:1]]


def _unknown(score: Row, points: Sequence[Row], definitions: Mapping[str, Metric]) -> list[dict[str, Any]]:
    found = []
    if score["reason"]:
        found.append(_reason(score["reason"][:1].upper() + score["reason"][1:], None, score["coverage"]))
    missing = sorted((p for p in points if p["score"] is None), key=lambda p: (-p["weight"], p["metric"]))
    for row in missing[: MOST - len(found)]:
        found.append(_reason(f"{label(row['metric'], definitions)}: {row['missing']}", row["metric"], None))
    return found


def label(name: str, definitions: Mapping[str, Metric]) -> str:
    """The metric's label, or its name where it has no definition."""
    return definitions[name].label if name in definitions else name


def _cost(row: Row) -> float:
    return float(row["weight_effective"]) * (100.0 - float(row["score"])) / 100.0


def _fact(row: Row, definitions: Mapping[str, Metric]) -> dict[str, Any]:
    metric = definitions.get(row["metric"])
    text = fact(metric, row["value"]) if metric else f"{row['metric']}: {row['value']:g}"
    return _reason(text, row["metric"], row["value"])


def _reason(text: str, metric: str | None, value: float | None) -> dict[str, Any]:
    return {"text": shorten(text), "metric": metric, "value": value}
