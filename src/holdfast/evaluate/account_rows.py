"""The rows that lists and pages read: one document an account, as of one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Engine
from holdfast.scoring.colors import color
from holdfast.scoring.held import held
from holdfast.scoring.reasons import reasons

from .evaluation import Evaluation
from .overdue import overdue
from .steps import plain, steps_of_day

FACTS = (
    "account_id", "name", "parent_id", "segment", "value_tier", "lifecycle", "industry", "country", "mrr", "arr",
    "seats", "renews_on", "tenure_days", "owner_key", "manager_key", "scored", "not_scored",
)
"""Columns of the account frame that a row carries."""
HEALTH = "health"
Rows = list[dict[str, Any]]


def account_rows(
    engine: Engine,
    definitions: Definitions,
    evaluations: Sequence[Evaluation],
    day: date,
    before: date,
    staff: Mapping[int, str],
    findings: ir.Table | None = None,
) -> Rows:
    """One row an account known on ``day``, by id: score, band, reasons, next step, change since ``before``.

    ``staff`` gives the e-mail of each owner key; the rows carry keys only, and no name of a person.
    ``findings`` is the table of all findings up to ``day``, where there is one.
    """
    now = _holding(engine, evaluations, day)
    scores = _by_account(_of_day(engine, now.scored.scores, day), "dial")
    points = _grouped(_of_day(engine, _health(now.scored.points), day))
    adjustments = _grouped(_of_day(engine, _health(now.scored.adjustments), day))
    earlier = _earlier(engine, evaluations, before)
    steps = steps_of_day(engine, now, definitions, day, staff, findings)
    late = _held(engine, now, definitions, day)
    rows = []
    for fact in sorted(_of_day(engine, now.frame, day), key=lambda r: r["account_id"]):
        account = fact["account_id"]
        dials = scores.get(account, {})
        health = dials.get(HEALTH) or _nothing(fact)
        rows.append({
            **{name: plain(fact[name]) for name in FACTS},
            **_score(health, definitions, points[account], adjustments[account]),
            **_change(health, earlier.get(account)),
            **late.get(account, {"held_since": None, "held_score": None}),
            "as_of": day.isoformat(),
            "dials": {name: {k: row[k] for k in ("score", "band", "coverage")} for name, row in dials.items()},
            "actions": steps[account],
        })
    return rows


def _score(row: Mapping[str, Any], definitions: Definitions, points: Rows, adjustments: Rows) -> dict[str, Any]:
    card = definitions.scorecards.get(row["scorecard"]) if row["scorecard"] else None
    shade = color(card, row["band"])
    return {
        **{k: row[k] for k in ("score", "band", "coverage", "low", "high", "scorecard", "version", "reason")},
        "color": shade,
        "reasons": reasons(row, points, adjustments, definitions.metrics, shade),
    }


def _held(engine: Engine, evaluation: Evaluation, definitions: Definitions, day: date) -> dict[str, dict[str, Any]]:
    """Held marks by account: the newest score that did not rest on a late source, with its day."""
    late = overdue(evaluation.metrics.covered, definitions)
    if late is None:
        return {}
    scores = engine.cache(_health(evaluation.scored.scores))
    marks = held(scores, engine.cache(late), definitions.scorecards.values(), definitions.metrics)
    return {
        row["account_id"]: {"held_since": plain(row["held_since"]), "held_score": row["held_score"]}
        for row in _of_day(engine, marks, day)
    }


def _change(now: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    known = before is not None and before["score"] is not None and now["score"] is not None
    return {
        "delta_7d": now["score"] - before["score"] if known and before else None,
        "band_before": before["band"] if before else None,
        "score_before": before["score"] if before else None,
    }


def _holding(engine: Engine, evaluations: Sequence[Evaluation], day: date) -> Evaluation:
    """The evaluation that holds ``day``: the last one, whose definitions are in force from it on."""
    for evaluation in reversed(evaluations):
        days = engine.arrow(evaluation.frame.select("as_of").distinct())["as_of"].to_pylist()
        if day in days:
            return evaluation
    return evaluations[-1]


def _earlier(engine: Engine, evaluations: Sequence[Evaluation], day: date) -> dict[str, Any]:
    rows = _of_day(engine, _health(_holding(engine, evaluations, day).scored.scores), day)
    return {row["account_id"]: row for row in rows}


def _health(table: ir.Table) -> ir.Table:
    return table.filter(table.dial == HEALTH)


def _of_day(engine: Engine, table: ir.Table, day: date) -> Rows:
    rows: Rows = engine.arrow(table.filter(table.as_of == ibis.literal(day))).to_pylist()
    return rows


def _grouped(rows: Rows) -> dict[str, Rows]:
    groups: dict[str, Rows] = defaultdict(list)
    for row in rows:
        groups[row["account_id"]].append(row)
    return groups


def _by_account(rows: Rows, key: str) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        found[row["account_id"]][row[key]] = row
    return found


def _nothing(fact: Mapping[str, Any]) -> dict[str, Any]:
    empty = dict.fromkeys(("score", "coverage", "low", "high", "scorecard", "version"))
    return {**empty, "band": "not_enough_data", "reason": fact["not_scored"] or "no health scorecard is active"}
