"""The score part of the account document: everything down to metrics, in the keys of the command line's contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard

from .choose import why
from .colors import color
from .drivers import drivers
from .reasons import reasons
from .rows import Row, ScoredRows
from .words import value_words


@dataclass(frozen=True)
class Beside:
    """What stands beside the numbers of one account and day; each may be left empty.

    ``segment`` and ``own``: by metric, the points row of an account that has the median values.
    ``rows`` and ``batches``: by metric, how many rows the value rests on, and their import batches.
    ``held_since``: by (scorecard, limit index), the first day that the condition held without a break.
    ``holding``: the indices of the limits whose condition holds. ``first``: a reason that comes first.
    """

    segment: Mapping[str, Row] = field(default_factory=dict)
    own: Mapping[str, Row] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    batches: Mapping[str, Sequence[str]] = field(default_factory=dict)
    held_since: Mapping[tuple[str, int], date] = field(default_factory=dict)
    holding: frozenset[tuple[str, int]] = frozenset()
    first: Mapping[str, Any] | None = None


NOTHING = Beside()


def explain(
    scored: ScoredRows,
    scorecards: Iterable[Scorecard],
    definitions: Mapping[str, Metric],
    clock: str = "known",
    beside: Beside = NOTHING,
    dial: str = "health",
) -> dict[str, Any]:
    """Explain the score of one account on one day.

    ``scored`` holds the rows of that account and day only. ``score`` is the sum of the components'
    ``contribution`` and the adjustments' ``amount``, each contribution the sum of its metrics' ``points``.
    """
    cards = list(scorecards)
    mine = scored.dial(dial)
    row = mine.scores[0]
    card = next((c for c in cards if c.scorecard == row["scorecard"] and c.dial == dial), None)
    shade = color(card, row["band"])
    listed = list(reasons(row, mine.points, mine.adjustments, definitions, shade))
    if beside.first is not None:
        listed = [dict(beside.first), *listed][:3]
    return {
        "account_id": row["account_id"],
        "as_of": row["as_of"].isoformat(),
        "clock": clock,
        "score": row["score"],
        "band": row["band"],
        "color": shade,
        "coverage": row["coverage"],
        "bounds": {"low": row["low"], "high": row["high"]},
        "withheld": row["withheld"],
        "not_scored": None if card is not None else row["reason"],
        "scorecard": _scorecard(row, card, cards),
        "components": [_component(c, card, mine.points, definitions, beside) for c in _ordered(mine, card)],
        "adjustments": [{k: a[k] for k in ("kind", "amount", "why")} for a in mine.adjustments],
        "limits": _limits(card, mine, beside),
        "drivers": drivers(mine.points, definitions, beside.segment, beside.own),
        "reasons": listed,
        "dials": {
            s["dial"]: {
                "score": s["score"],
                "band": s["band"],
                "coverage": s["coverage"],
                "scorecard": s["scorecard"],
                "color": color(next((c for c in cards if c.scorecard == s["scorecard"]), None), s["band"]),
            }
            for s in scored.scores
        },
    }


def _scorecard(row: Row, card: Scorecard | None, cards: Sequence[Scorecard]) -> dict[str, Any]:
    if card is None:
        return {"name": row["scorecard"], "version": row["version"], "why": row["reason"]}
    found = {"name": card.scorecard, "version": card.version, "why": why(card, cards), "label": card.label}
    if row.get("assumed") and card.reference is not None:
        found["assumed"] = f"compared with {card.reference.on.isoformat()}, a later day"
    return found


def _ordered(mine: ScoredRows, card: Scorecard | None) -> list[Row]:
    order = list(card.components) if card is not None else []
    return sorted(mine.components, key=lambda c: order.index(c["component"]) if c["component"] in order else 0)


def _component(
    row: Row, card: Scorecard | None, points: Sequence[Row], definitions: Mapping[str, Metric], beside: Beside
) -> dict[str, Any]:
    part = card.components[row["component"]] if card is not None else None
    inside = {p["metric"]: p for p in points if p["component"] == row["component"]}
    order = list(part.metrics) if part is not None else sorted(inside)
    return {
        "name": row["component"],
        "label": (part.label if part else "") or row["component"],
        **{k: row[k] for k in ("weight", "weight_effective", "score", "contribution")},
        "metrics": [_metric(inside[name], definitions.get(name), beside) for name in order if name in inside],
    }


def _metric(row: Row, metric: Metric | None, beside: Beside) -> dict[str, Any]:
    name, day = row["metric"], row["measured_on"]
    found = {
        "metric": name,
        "value": row["value"],
        "unit": metric.unit if metric else "",
        "window": metric.window if metric else None,
        **{k: row[k] for k in ("score", "weight", "weight_effective", "points", "missing")},
        "as_of": day.isoformat() if day is not None else None,
        "rows": beside.rows.get(name),
        "batches": list(beside.batches.get(name, ())),
        "label": metric.label if metric else name,
        "unit_words": value_words(metric, row["value"]) if metric and row["value"] is not None else None,
    }
    for key, side in (("own_median", beside.own), ("segment_median", beside.segment)):
        found[key] = side[name]["value"] if name in side else None
    return found


def _limits(card: Scorecard | None, mine: ScoredRows, beside: Beside) -> list[dict[str, Any]]:
    """Every limit of the scorecard: whether it holds, since when, until when, and whether it moves the score."""
    found = []
    for number, limit in enumerate(card.limits if card is not None else ()):
        key = (card.scorecard if card is not None else "", number)
        since = beside.held_since.get(key)
        kind = "cap" if limit.cap is not None else "floor"
        expires = since + timedelta(days=int(limit.expires.removesuffix("d"))) if since and limit.expires else None
        edge = limit.cap if limit.cap is not None else limit.floor
        found.append(
            {
                "kind": kind,
                "at": edge,
                "why": limit.why,
                "when": limit.when.text,
                "held_since": since.isoformat() if since else None,
                "expires_on": expires.isoformat() if expires else None,
                "holds": key in beside.holding or since is not None,
                "binds": any(a["kind"] == kind and a["why"].endswith(f": {limit.why}") for a in mine.adjustments),
            }
        )
    return found
