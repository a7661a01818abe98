"""What pulls a score up or down: each metric against the segment's median and against the account's own past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.definitions.metric import Metric

from .rows import Row
from .words import fact, points_words, value_words

SMALLEST = 0.05


def drivers(
    points: Sequence[Row],
    definitions: Mapping[str, Metric],
    segment: Mapping[str, Row],
    own: Mapping[str, Row],
) -> dict[str, list[dict[str, Any]]]:
    """Drivers up and down, strongest first.

    ``segment`` and ``own`` hold by metric the points row of an account with the median values. The amount
    is effective weight x (score - score at the median): against the segment's median, or where that is
    unknown against the own past. A metric at the median is no driver.
    """
    listed = []
    for row in points:
        metric = definitions.get(row["metric"])
        if metric is None or row["score"] is None or not row["weight_effective"]:
            continue
        gaps = {k: _gap(row, side.get(row["metric"])) for k, side in (("segment", segment), ("own", own))}
        amount = gaps["segment"] if gaps["segment"] is not None else gaps["own"]
        if amount is None or abs(amount) < SMALLEST:
            continue
        against = "segment" if gaps["segment"] is not None else "own"
        median = (segment if against == "segment" else own)[row["metric"]]["value"]
        listed.append(
            {
                "metric": row["metric"],
                "component": row["component"],
                "value": row["value"],
                "amount": amount,
                "against": against,
                "median": median,
                "against_segment": gaps["segment"],
                "against_own": gaps["own"],
                "text": f"{fact(metric, row['value'])}; {_median(against)} {value_words(metric, median)}; "
                f"{points_words(amount)}",
            }
        )
    listed.sort(key=lambda d: (-abs(d["amount"]), d["metric"]))
    return {"up": [d for d in listed if d["amount"] > 0], "down": [d for d in listed if d["amount"] < 0]}


def _gap(row: Row, median: Row | None) -> float | None:
    if median is None or median["score"] is None:
        return None
    return float(row["weight_effective"]) * (float(row["score"]) - float(median["score"])) / 100.0


def _median(against: str) -> str:
    return "segment median" if against == "segment" else "own median"
