"""An invented population that a scorecard of 40 metrics scores: values at random, one in ten missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

NEWEST = date(2026, 6, 28)
METRICS = 40
COMPONENTS = 6
MISSING = 0.1
RECORDS = ("event", "ticket", "invoice", "survey_response")
SCORERS = (
    "{linear: {from: 0, to: 1}}",
    "{thresholds: {0: 10, 0.2: 30, 0.4: 50, 0.6: 75, 0.8: 100}}",
    "{linear: {from: 1, to: 0}}",
)
BANDS = "{thriving: 85, healthy: 70, neutral: 50, at_risk: 30, critical: 0}"
LIMITS = """
  - {cap: 49, when: "m00 <= 0.1 and m01 > 0.5", why: little use}
  - {cap: 29, when: "m02 > 0.95 and m03 > 0.8", why: leaving}
  - {floor: 50, when: "m04 > 0.99", why: deeply at work}
"""


def names() -> list[str]:
    """The names of the metrics."""
    return [f"m{n:02}" for n in range(METRICS)]


def scorecard(bands: str = BANDS, swapped: str | None = None) -> str:
    """The scorecard as a file's text; ``swapped`` names a metric that is scored in another way."""
    parts = []
    for component in range(COMPONENTS):
        inside = [n for n in range(METRICS) if n % COMPONENTS == component]
        lines = [f"  c{component}:", f"    weight: {2.5 * len(inside)}", "    metrics:"]
        for n in inside:
            name = names()[n]
            scorer = SCORERS[(n + (name == swapped)) % len(SCORERS)]
            age = ", max_age: 14d" if n % 4 == 0 else ""
            lines.append(f"      {name}: {{weight: 2.5, score: {scorer}{age}, reason: invented}}")
        parts.append("\n".join(lines))
    return (
        f"scorecard: health\ndial: health\nversion: 1\nreason: invented\nreviewed: {NEWEST}\nbands: {bands}\n"
        f"limits:{LIMITS}components:\n" + "\n".join(parts) + "\n"
    )


def metrics() -> str:
    """The metrics as a file's text: counts of rows over 30 days."""
    one = (
        "  {name}:\n    label: {name}\n    words: An invented value.\n    unit: rows\n    direction: up\n"
        "    horizon: coincident\n    level: activity\n    is_not: real\n    empty: zero\n    record: {record}\n"
        "    window: 30d\n    count: {{}}\n"
    )
    texts = [one.format(name=name, record=RECORDS[n % len(RECORDS)]) for n, name in enumerate(names())]
    return "metrics:\n" + "".join(texts)


def weeks(count: int) -> list[date]:
    """So many Sundays up to the newest, in order."""
    return [NEWEST - timedelta(weeks=n) for n in reversed(range(count))]


def tables(accounts: int, days: Sequence[date]) -> dict[str, pa.Table]:
    """``frame``, ``metrics`` and ``covered`` of so many accounts on the days, sorted; ids have 32 characters."""
    luck = np.random.default_rng(1)
    rows = accounts * len(days)
    ids = np.repeat(np.array([f"{n:032x}" for n in range(accounts)]), len(days))
    keys = {
        "account_id": pa.array(ids, pa.string()),
        "as_of": pa.array(np.tile(np.array(days, dtype="datetime64[D]"), accounts), pa.date32()),
    }
    frame = pa.table({
        **keys,
        "name": keys["account_id"],
        "segment": pa.array(np.array(["large", "middle", "small"])[luck.integers(0, 3, rows)]),
        "scored": pa.array(np.ones(rows, dtype=bool)),
        "not_scored": pa.nulls(rows, pa.string()),
        "mrr": pa.array(luck.integers(1, 1000, rows).astype(float)),
    })
    values = {
        name: pa.array(np.round(luck.random(rows), 3), mask=luck.random(rows) < MISSING) for name in names()
    }
    covered = pa.table({
        "account_id": pa.nulls(len(RECORDS) * len(days), pa.string()),
        "as_of": pa.array(list(days) * len(RECORDS), pa.date32()),
        "record": [record for record in RECORDS for _ in days],
        "covered_to": pa.array(list(days) * len(RECORDS), pa.date32()),
    })
    return {"frame": frame, "metrics": pa.table({**keys, **values}), "covered": covered}
