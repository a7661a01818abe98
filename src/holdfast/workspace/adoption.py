"""How far one account has come with the product, beside its peers: feature classes, milestones, active seats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from holdfast.definitions.features import Features
from holdfast.evaluate.steps import plain

from .day_inputs import DayInputs
from .published import Published

Rows = list[dict[str, Any]]
MEASURES = ("core_adoption", "expansion_adoption", "advanced_adoption", "seats_active_share", "workflow_completion")
FEWEST = 8
"""Quartiles of fewer peers than this are not given."""


def adoption(
    published: Published, inputs: DayInputs, facts: Mapping[str, Any], metrics: Mapping[str, Any]
) -> dict[str, Any]:
    """Shares in use with the quartiles of scored peers of the same segment, and the milestones with their due days."""
    peers = _peers(published, inputs, facts["segment"])
    definitions = inputs.definitions.metrics
    return {
        "measures": [
            {"metric": name, "label": definitions[name].label, "value": metrics.get(name), "peers": peers.get(name)}
            for name in MEASURES if name in definitions
        ],
        "segment": facts["segment"],
        "milestones": milestones(inputs.definitions.features, facts["tenure_days"], metrics, inputs.day),
    }


def _peers(published: Published, inputs: DayInputs, segment: str | None) -> dict[str, Any]:
    key = ("peers of adoption", inputs.day, inputs.clock, segment)
    found: dict[str, Any] = published.kept(key, lambda: quartiles(inputs.tables, segment))
    return found


def quartiles(tables: Mapping[str, pa.Table], segment: str | None) -> dict[str, Any]:
    """Metric -> low, middle and high quartile over the scored accounts of the segment, with their number ``n``."""
    frame = tables["frame"].select(["account_id", "segment", "scored"]).to_pylist()
    peers = {row["account_id"] for row in frame if row["scored"] and row["segment"] == segment}
    names = [name for name in MEASURES if name in tables["metrics"].column_names]
    rows = [r for r in tables["metrics"].select(["account_id", *names]).to_pylist() if r["account_id"] in peers]
    found: dict[str, Any] = {}
    for name in names:
        values = [row[name] for row in rows if row[name] is not None]
        if len(values) >= FEWEST:
            low, middle, high = (float(q) for q in np.quantile(values, (0.25, 0.5, 0.75)))
            found[name] = {"low": low, "middle": middle, "high": high, "n": len(values)}
    return found


def milestones(features: Features, tenure: int | None, known: Mapping[str, Any], day: date) -> dict[str, Any]:
    """How many milestones are reached and overdue, and when each was or is due, from the start of the account."""
    start = None if tenure is None else day - timedelta(days=tenure)
    due = [
        {"milestone": one.milestone, "label": one.label or one.milestone.replace("_", " "),
         "due_on": plain(start + timedelta(days=one.due_days)) if start else None}
        for one in features.milestones
    ]
    return {"of": len(due), "reached": known.get("milestones_done"), "overdue": known.get("milestones_overdue"),
            "due": due}
