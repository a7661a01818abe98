"""Explain one account: its rows and those of the medians it is compared with, scored in the same call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard
from holdfast.lake import Engine

from .explain import Beside, explain
from .hybrid import evaluate
from .reference import NONE, References
from .rows import ScoredRows
from .states import State

SELF, SEGMENT, OWN = "0 self", "1 segment", "2 own"


@dataclass(frozen=True)
class Medians:
    """By metric: what is usual in the account's segment, and in its own past. Null or absent is not known."""

    segment: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)


def explain_account(
    account_id: str,
    state: State,
    scorecards: Iterable[Scorecard],
    definitions: Mapping[str, Metric],
    references: References = NONE,
    medians: Medians | None = None,
    clock: str = "known",
    beside: Beside | None = None,
    engine: Engine | None = None,
) -> dict[str, Any]:
    """Score and explain an account in the state that it has on a day."""
    cards = list(scorecards)
    usual = medians or Medians()
    rows = evaluate(
        {SELF: state, SEGMENT: _with(state, usual.segment), OWN: _with(state, usual.own)},
        cards, references, definitions, state.as_of, engine,
    )
    given = beside or Beside()
    given = replace(
        given,
        segment=_points(rows, SEGMENT),
        own=_points(rows, OWN),
        held_since={**state.since, **given.held_since},
    )
    return explain(_renamed(rows.account(SELF), account_id), cards, definitions, clock, given)


def _with(state: State, medians: Mapping[str, Any]) -> State:
    """The same account with median values, each as fresh as can be."""
    values = {name: medians.get(name) for name in state.values}
    return replace(state, values=values, measured=dict.fromkeys(values, state.as_of))


def _points(rows: ScoredRows, account: str) -> dict[str, Any]:
    return {r["metric"]: r for r in rows.dial("health").account(account).points if r["value"] is not None}


def _renamed(rows: ScoredRows, account_id: str) -> ScoredRows:
    named = [
        tuple({**r, "account_id": account_id} for r in table)
        for table in (rows.scores, rows.components, rows.points, rows.adjustments)
    ]
    return ScoredRows(*named)
