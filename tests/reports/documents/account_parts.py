"""What the documents of accounts are made of. Every sum adds up."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

AS_OF = date(2026, 3, 17)
LONG = "Société Coopérative Agricole des Hauts-de-Garonne et du Comminges S.A."


def metric(
    name: str, label: str, value: float | None, score: float | None, weight: float, **more: Any
) -> dict[str, Any]:
    """One metric of a component; without a score it is missing and its weight is spread."""
    missing = more.pop("missing", None)
    effective = more.pop("effective", 0.0 if missing else weight)
    return {
        "metric": name,
        "label": label,
        "value": value,
        "unit": "count",
        "window": "30d",
        "score": score,
        "weight": weight,
        "weight_effective": effective,
        "points": effective * (score or 0.0) / 100,
        "missing": missing,
        "as_of": "2026-03-17",
        "rows": 11,
        "batches": ["b-88214"],
        "own_median": None,
        "segment_median": None,
        "unit_words": "",
    } | more


def component(name: str, label: str, metrics: list[dict[str, Any]]) -> dict[str, Any]:
    """A component over its metrics."""
    weight = math.fsum(m["weight"] for m in metrics)
    effective = math.fsum(m["weight_effective"] for m in metrics)
    points = math.fsum(m["points"] for m in metrics)
    return {
        "name": name,
        "label": label,
        "weight": weight,
        "weight_effective": effective,
        "score": 100 * points / effective if effective else None,
        "contribution": points,
        "metrics": metrics,
    }


def components() -> list[dict[str, Any]]:
    """Five components, one metric without data."""
    return [
        component(
            "usage",
            "Product use",
            [
                metric(
                    "stickiness",
                    "Stickiness",
                    0.16,
                    41.0,
                    10,
                    unit="share",
                    own_median=0.31,
                    segment_median=0.24,
                ),
                metric(
                    "core_adoption",
                    "Core adoption",
                    0.8,
                    80.0,
                    10,
                    unit="share",
                    own_median=1.0,
                    segment_median=0.7,
                ),
                metric(
                    "usage_change_30d",
                    "Usage change, 30 d",
                    -0.36,
                    33.0,
                    15,
                    unit="share",
                    unit_words="−36%",
                    own_median=0.01,
                    segment_median=0.02,
                ),
            ],
        ),
        component(
            "contact",
            "Contact and champion",
            [
                metric(
                    "has_champion",
                    "Champion present",
                    0.0,
                    0.0,
                    9,
                    effective=10.2,
                    unit="yes or no",
                    own_median=1.0,
                    segment_median=1.0,
                    window=None,
                    rows=3,
                ),
                metric(
                    "sponsor_days",
                    "Sponsor, days since two-way contact",
                    47.0,
                    24.0,
                    6,
                    effective=6.8,
                    unit="days",
                    own_median=16.0,
                    segment_median=24.0,
                    window=None,
                ),
                metric(
                    "reply_rate",
                    "Reply rate",
                    0.38,
                    46.0,
                    4,
                    effective=4.6,
                    unit="share",
                    own_median=0.71,
                    segment_median=0.64,
                    window="90d",
                    rows=58,
                ),
                metric(
                    "meetings_held",
                    "Meetings held of scheduled",
                    0.5,
                    52.0,
                    3,
                    effective=3.4,
                    unit="share",
                    own_median=0.82,
                    segment_median=0.82,
                    window="90d",
                    rows=6,
                ),
                metric(
                    "budget_holder_days",
                    "Budget holder, days since contact",
                    None,
                    None,
                    3,
                    unit="days",
                    segment_median=38.0,
                    missing="never known",
                    rows=0,
                    window=None,
                    batches=[],
                ),
            ],
        ),
        component(
            "support",
            "Support",
            [
                metric(
                    "urgent_open",
                    "Urgent tickets open",
                    2.0,
                    20.0,
                    8,
                    segment_median=0.0,
                    own_median=0.0,
                    window=None,
                ),
                metric(
                    "first_reply",
                    "First reply, median",
                    5.25,
                    50.0,
                    7,
                    unit="hours",
                    own_median=4.0,
                    segment_median=6.5,
                    window="90d",
                ),
            ],
        ),
        component(
            "value",
            "Value",
            [
                metric(
                    "value_to_price",
                    "Confirmed value against price",
                    0.6,
                    34.0,
                    15,
                    unit="ratio",
                    own_median=0.9,
                    segment_median=1.1,
                    window=None,
                ),
            ],
        ),
        component(
            "growth",
            "Growth",
            [
                metric(
                    "seat_change",
                    "Seat change",
                    -4.0,
                    52.0,
                    10,
                    unit="seats",
                    own_median=0.0,
                    segment_median=3.0,
                    window="90d",
                ),
            ],
        ),
    ]


def history(end: float | None, band: str | None, weeks: int = 26) -> list[dict[str, Any]]:
    """Sundays with a data gap, then the as-of day."""
    rows = []
    for place in range(weeks, 0, -1):
        day = AS_OF - timedelta(days=7 * place + 2)
        score = 82 - 0.2 * (weeks - place) - max(0, 8 - place) ** 1.8 * 0.8
        gap = place in (13, 14, 15)
        name = "healthy" if score >= 70 else "neutral" if score >= 50 else "at_risk"
        rows.append(
            {
                "as_of": day.isoformat(),
                "score": None if gap else score,
                "band": "not_enough_data" if gap else name,
            }
        )
    return [*rows, {"as_of": AS_OF.isoformat(), "score": end, "band": band}]
