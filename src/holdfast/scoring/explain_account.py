"""Explain one account: its rows and those of the medians it is compared with, scored in the same call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from holdfast.lake import Engine

from .asking import Asking, Question, alone
from .explain import Beside, explain
from .model import Model
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
    model: Model,
    medians: Medians | None = None,
    clock: str = "known",
    beside: Beside | None = None,
    engine: Engine | None = None,
) -> dict[str, Any]:
    """Score and explain an account in the state that it has on a day."""
    return alone(explaining(account_id, state, model, medians, clock, beside), engine)


def explaining(
    account_id: str,
    state: State,
    model: Model,
    medians: Medians | None = None,
    clock: str = "known",
    beside: Beside | None = None,
) -> Asking[dict[str, Any]]:
    """The same as work that can be done beside that on other accounts."""
    usual = medians or Medians()
    states = {SELF: state, SEGMENT: _with(state, usual.segment), OWN: _with(state, usual.own)}
    rows = yield Question(model, states, state.as_of)
    given = beside or Beside()
    given = replace(
        given,
        segment=_points(rows[SEGMENT]),
        own=_points(rows[OWN]),
        held_since={**state.since, **given.held_since},
    )
    return explain(_renamed(rows[SELF], account_id), model.scorecards, model.definitions, clock, given)


def _with(state: State, medians: Mapping[str, Any]) -> State:
    """The same account with median values, each as fresh as can be."""
    values = {name: medians.get(name) for name in state.values}
    return replace(state, values=values, measured=dict.fromkeys(values, state.as_of))


def _points(rows: ScoredRows) -> dict[str, Any]:
    return {r["metric"]: r for r in rows.dial("health").points if r["value"] is not None}


def _renamed(rows: ScoredRows, account_id: str) -> ScoredRows:
    named = [
        tuple({**r, "account_id": account_id} for r in table)
        for table in (rows.scores, rows.components, rows.points, rows.adjustments)
    ]
    return ScoredRows(*named)
