"""Scorecards in force: whom each scores, what it weighs, how the values lie, what its versions changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from typing import Any

import numpy as np

from holdfast.definitions.extends_diff import differences, extends_diff
from holdfast.definitions.scorecard import Component, Scorecard, ScoredMetric
from holdfast.definitions.scorer import Scorer
from holdfast.metrics.describe import formula

from .published import Published

Rows = list[dict[str, Any]]
BINS = 20
CENTRE = (0.02, 0.98)
"""The bins span this part of the values; the outermost hold the rest."""


def scorecards(published: Published, only: Container[str] | None = None) -> Rows:
    """Every scorecard in force: dial, version, priority, condition, and how many accounts of ``only`` it scores."""
    used = Counter(row["scorecard"] for row in _scores(published, only))
    cards = published.site.definitions.scorecards.values()
    return [
        {**_head(card), "accounts": used[card.scorecard]}
        for card in sorted(cards, key=lambda one: (one.dial != "health", one.dial, -one.applies.priority))
    ]


def scorecard(published: Published, name: str, only: Container[str] | None = None) -> dict[str, Any] | None:
    """One scorecard with its tree, the values of each metric over the accounts it scores, and its changes.

    None where no scorecard of that name is in force.
    """
    definitions = published.site.definitions
    card = definitions.scorecards.get(name)
    if card is None:
        return None
    scored = [row for row in _scores(published, only) if row["scorecard"] == name]
    members = {row["account_id"] for row in scored}
    rows = [row for row in published.read("components", days=[published.as_of]).to_pylist()
            if row["scorecard"] == name and row["account_id"] in members]
    values = [row for row in published.read("metrics", days=[published.as_of]).to_pylist()
              if row["account_id"] in members]
    coverage = [row["coverage"] for row in scored if row["coverage"] is not None]
    return {
        **_head(card), "accounts": len(scored), "with_score": sum(row["score"] is not None for row in scored),
        "coverage": sum(coverage) / len(coverage) if coverage else None,
        "extends": card.extends, "reference": card.reference.on.isoformat() if card.reference else None,
        "missing": card.missing, "withhold_below_coverage": card.withhold_below_coverage,
        "components": [_component(published, key, part, rows, values) for key, part in card.components.items()],
        "limits": [{"why": one.why, "when": one.when.text, "cap": one.cap, "floor": one.floor,
                    "expires": one.expires} for one in card.limits],
        "bands": dict(card.bands),
        "against_base": [_change(one) for one in extends_diff(definitions, card)],
        "versions": versions(published, name),
        "why": [{"account_id": row["account_id"], "score": row["score"], "band": row["band"],
                 "coverage": row["coverage"], "reason": row["reason"]} for row in scored],
    }


def versions(published: Published, name: str) -> Rows:
    """The versions of a scorecard that were in force, the newest first, each with what it changed."""
    from holdfast.definitions.serialise import from_text
    from holdfast.state.definition_sets import periods

    found: Rows = []
    before: Scorecard | None = None
    for since, one in periods():
        if since > published.as_of:
            break
        current = published.site.definitions.hash == one.hash
        card = (published.site.definitions if current else from_text(one.text)).scorecards.get(name)
        changes = differences(before, card) if before is not None and card is not None else []
        if card is not None and (before is None or changes or card.version != before.version):
            found.append({"since": since.isoformat(), "version": card.version, "first": before is None,
                          "changes": [_change(change) for change in changes]})
        before = card if card is not None else before
    return found[::-1]


def _head(card: Scorecard) -> dict[str, Any]:
    return {
        "scorecard": card.scorecard, "label": card.label or card.scorecard, "dial": card.dial, "version": card.version,
        "priority": card.applies.priority, "when": card.applies.when.text if card.applies.when else None,
        "reason": card.reason, "reviewed": card.reviewed.isoformat() if card.reviewed else None,
        "metrics": sum(len(part.metrics) for part in card.components.values()),
    }


def _scores(published: Published, only: Container[str] | None) -> Rows:
    columns = ("account_id", "dial", "scorecard", "score", "band", "coverage", "reason")
    rows: Rows = published.read("scores", days=[published.as_of], columns=columns).to_pylist()
    return [row for row in rows if only is None or row["account_id"] in only]


def _component(published: Published, key: str, part: Component, rows: Rows, values: Rows) -> dict[str, Any]:
    scores = [row["score"] for row in rows if row["component"] == key and row["score"] is not None]
    return {
        "component": key, "label": part.label or key, "weight": part.weight, "reason": part.reason,
        "accounts": len(scores), "mean": sum(scores) / len(scores) if scores else None,
        "metrics": [_metric(published, name, scored, values) for name, scored in part.metrics.items()],
    }


def _metric(published: Published, name: str, scored: ScoredMetric, values: Rows) -> dict[str, Any]:
    metric = published.site.definitions.metrics[name]
    points, joined = curve(scored.score)
    known = np.array([float(row[name]) for row in values if row.get(name) is not None])
    return {
        "metric": name, "label": metric.label, "words": metric.words, "formula": formula(metric), "unit": metric.unit,
        "weight": scored.weight, "reason": scored.reason, "max_age": scored.max_age,
        "points": points, "joined": joined, "scorer": scored.score.kind,
        "labels": dict(metric.labels),
        **spread(known, [value for value, _ in points], len(values)),
    }


def spread(known: Any, steps: list[float], accounts: int) -> dict[str, Any]:
    """Quantiles and counts in equal bins over the centre of the values and the steps that earn points.

    >>> found = spread(np.array([0.0, 1.0, 1.0, 4.0]), [], 6)
    >>> found["known"], found["unknown"], found["p50"], sum(found["counts"])
    (4, 2, 1.0, 4)
    """
    found: dict[str, Any] = {"known": int(known.size), "unknown": accounts - int(known.size), "edges": [], "counts": [],
                             "p10": None, "p50": None, "p90": None}
    if not known.size:
        return found
    low, high = (float(np.quantile(known, share)) for share in CENTRE)
    low, high = min([low, *steps]), max([high, *steps])
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts, edges = np.histogram(np.clip(known, low, high), bins=BINS, range=(low, high))
    quantiles = {f"p{share}": float(np.quantile(known, share / 100)) for share in (10, 50, 90)}
    return {**found, **quantiles, "edges": [float(edge) for edge in edges], "counts": [int(count) for count in counts]}


def curve(scorer: Scorer) -> tuple[list[tuple[float, float]], bool]:
    """(value, points) of a scorer of the value alone, and whether lines join them; none for the other scorers.

    >>> curve(Scorer.model_validate({"linear": {"from": 10, "to": 0}}))
    ([(0.0, 100.0), (10.0, 0.0)], True)
    """
    if scorer.linear is not None:
        ends = [(float(scorer.linear.from_), 0.0), (float(scorer.linear.to), 100.0)]
        return sorted(ends), True
    steps = scorer.thresholds or {}
    return sorted((float(value), float(points)) for value, points in steps.items()), False


def _change(change: Any) -> dict[str, Any]:
    return {"path": change.path, "kind": change.kind, "words": str(change)}
