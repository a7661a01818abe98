"""Next steps of accounts on a day: which triggers hold, and what they ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from holdfast.actions.next_step import next_steps
from holdfast.actions.triggers import fired
from holdfast.definitions.bundle import Definitions
from holdfast.lake import Engine

from .evaluation import Evaluation

Rows = list[dict[str, Any]]


def steps_of_day(
    engine: Engine, evaluation: Evaluation, definitions: Definitions, day: date, staff: Mapping[int, str]
) -> dict[str, Rows]:
    """Next steps of all accounts by id, the gravest first. The role is kept, not who fills it."""
    wide = evaluation.metrics.wide
    scores = evaluation.scored.scores
    return steps(
        engine,
        evaluation.frame.filter(evaluation.frame.as_of == ibis.literal(day)),
        wide.filter(wide.as_of == ibis.literal(day)),
        engine.cache(scores.filter((scores.dial == "health") & (scores.as_of == ibis.literal(day)))),
        definitions,
        staff,
    )


def steps(
    engine: Engine, frame: ir.Table, wide: ir.Table, health: ir.Table, definitions: Definitions,
    staff: Mapping[int, str],
) -> dict[str, Rows]:
    """Next steps by account from the frame, metrics and health scores of one day.

    ``staff`` gives e-mails by key: whose working days a due date counts depends on who takes the step.
    """
    names: dict[str, list[str]] = defaultdict(list)
    for row in engine.arrow(fired(frame, wide, definitions.triggers, health)).to_pylist():
        names[row["account_id"]].append(row["trigger"])
    found: dict[str, Rows] = defaultdict(list)
    for values in _values(engine, frame, wide, sorted(names)):
        values["owner"], values["manager"] = (staff.get(values[k]) for k in ("owner_key", "manager_key"))
        for step in next_steps(names[values["account_id"]], values, definitions):
            kept = {k: plain(v) for k, v in step.items() if k not in ("owner", "owner_name")}
            found[values["account_id"]].append(kept)
    return found


def plain(value: Any) -> Any:
    """A value that JSON can hold: dates as ISO text, exact numbers as numbers.

    >>> plain(date(2026, 1, 2)), plain(Decimal("1.5"))
    ('2026-01-02', 1.5)
    """
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _values(engine: Engine, frame: ir.Table, wide: ir.Table, accounts: list[str]) -> Rows:
    """Frame and metrics of the accounts together, one row each."""
    metrics = {r["account_id"]: r for r in engine.arrow(wide.filter(wide.account_id.isin(accounts))).to_pylist()}
    facts = engine.arrow(frame.filter(frame.account_id.isin(accounts))).to_pylist()
    return [{**metrics.get(fact["account_id"], {}), **fact} for fact in facts]
