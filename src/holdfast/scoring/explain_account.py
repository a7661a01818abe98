"""Explain one account: its rows and those of the medians it is compared with, scored in the same call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard
from holdfast.lake import Engine
from holdfast.lake.one_account import of_account
from holdfast.metrics.table import MetricTable

from .explain import Beside, explain
from .hybrid import State, evaluate, take
from .inputs import names_used
from .medians import one_row, own_medians, segment_medians
from .reference import NONE, References
from .rows import ScoredRows

SELF, SEGMENT, OWN = "0 self", "1 segment", "2 own"


@dataclass(frozen=True)
class Explained:
    """The document part, and the state that it was computed from."""

    document: dict[str, Any]
    state: State


def explain_account(
    account_id: str,
    as_of: date,
    frame: ir.Table,
    metrics: MetricTable,
    scorecards: Iterable[Scorecard],
    definitions: Mapping[str, Metric],
    references: References = NONE,
    limit_days: ir.Table | None = None,
    past: ir.Table | None = None,
    clock: str = "known",
    beside: Beside | None = None,
    engine: Engine | None = None,
) -> Explained:
    """Score and explain an account as of a day.

    ``frame`` and ``metrics`` hold all accounts of that day (for the segment's medians); ``past`` is a wide
    metric table with earlier days of this account, such as 24 Sundays.
    """
    cards = list(scorecards)
    state = take(account_id, as_of, frame, metrics, cards, definitions, limit_days, engine)
    names = {name for name in names_used(cards) if name in definitions and name in metrics.wide.columns}
    segment = _segment(frame, metrics, names, as_of, state, engine)
    own = {} if past is None else one_row(own_medians(of_account(past, account_id, engine), names), engine)
    rows = evaluate(
        {SELF: state, SEGMENT: _with(state, segment, names), OWN: _with(state, own, names)},
        cards,
        references,
        definitions,
        as_of,
        engine,
    )
    given = beside or Beside()
    given = replace(
        given,
        segment=_points(rows, SEGMENT),
        own=_points(rows, OWN),
        held_since={**state.since, **given.held_since},
    )
    mine = _renamed(rows.account(SELF), account_id)
    return Explained(explain(mine, cards, definitions, clock, given), state)


def _segment(
    frame: ir.Table, metrics: MetricTable, names: set[str], as_of: date, state: State, engine: Engine | None
) -> Mapping[str, Any]:
    segment = state.traits.get("segment")
    if segment is None or "segment" not in frame.columns:
        return {}
    day = frame.filter((frame.as_of == as_of) & (frame.segment == segment))
    return one_row(segment_medians(day, metrics.wide.filter(metrics.wide.as_of == as_of), names), engine)


def _with(state: State, medians: Mapping[str, Any], names: set[str]) -> State:
    """The same account with median values, each as fresh as can be."""
    values = {**dict.fromkeys(state.values), **{n: medians.get(n) for n in names}}
    return replace(state, values=values, measured=dict.fromkeys(values, state.as_of))


def _points(rows: ScoredRows, account: str) -> dict[str, Any]:
    return {r["metric"]: r for r in rows.dial("health").account(account).points if r["value"] is not None}


def _renamed(rows: ScoredRows, account_id: str) -> ScoredRows:
    named = [
        tuple({**r, "account_id": account_id} for r in table)
        for table in (rows.scores, rows.components, rows.points, rows.adjustments)
    ]
    return ScoredRows(*named)
