"""Next steps of accounts on a day: which findings are open, and what they ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.actions.next_step import Found, next_steps
from holdfast.definitions.bundle import Definitions
from holdfast.definitions.names import SCORE_NAMES
from holdfast.lake import Engine
from holdfast.lake.answers import Keep, answers
from holdfast.signals.on_day import firing
from holdfast.signals.texts import names_in
from holdfast.signals.values import values

from .evaluation import Evaluation

Rows = list[dict[str, Any]]
Findings = Mapping[str, list[Found]]
AS_SCORED = [name for name in SCORE_NAMES if "change" not in name]
_COURSE = ("signal", "severity", "state", "opened_on", "worsened_on")


def open_findings(engine: Engine, findings: ir.Table, day: date) -> Findings:
    """Findings that are open on ``day`` by account, from the table of all findings up to it."""
    still = findings.cleared_on.isnull() | (findings.cleared_on > ibis.literal(day))
    found: dict[str, list[Found]] = defaultdict(list)
    for row in engine.arrow(findings.filter(still).select("account_id", *_COURSE)).to_pylist():
        found[row.pop("account_id")].append(row)
    return found


def open_on(findings: Rows, day: date) -> list[Found]:
    """Those findings of one account that are open on ``day``."""
    return [
        Found(
            signal=row["signal"], severity=row["severity"], state=row["state"], opened_on=row["opened_on"],
            worsened_on=row["worsened_on"],
        )
        for row in findings
        if row["cleared_on"] is None or row["cleared_on"] > day
    ]


def findings_of_day(
    engine: Engine, frame: ir.Table, wide: ir.Table, scores: ir.Table, definitions: Definitions
) -> Findings:
    """What holds on one day by itself, by account: where no history of the day is stored."""
    found: dict[str, list[Found]] = defaultdict(list)
    for row in engine.arrow(firing(frame, wide, definitions.signals, scores, engine.cache)).to_pylist():
        found[row["account_id"]].append(_found(row))
    return found


def findings_of_accounts(engine: Engine, given: Mapping[str, pa.Table], definitions: Definitions) -> Findings:
    """The same for accounts whose ``frame``, ``wide`` metrics and ``scores`` of the day are given."""

    def ask(t: Mapping[str, ir.Table], keep: Keep) -> dict[str, ir.Table]:
        return {"firing": firing(t["frame"], t["wide"], definitions.signals, t["scores"], keep)}

    found: dict[str, list[Found]] = defaultdict(list)
    for row in answers(engine, f"firing {definitions.hash}", given, ask)["firing"].to_pylist():
        found[row["account_id"]].append(_found(row))
    return found


def _found(row: Mapping[str, Any]) -> Found:
    return Found(signal=row["signal"], severity=row["severity"])


def steps_of_day(
    engine: Engine, evaluation: Evaluation, definitions: Definitions, day: date, staff: Mapping[int, str],
    findings: ir.Table | None,
) -> dict[str, Rows]:
    """Next steps of all accounts by id, the gravest first. The role is kept, not who fills it.

    ``findings`` is the table of all findings up to ``day``; without it the conditions of the day alone count.
    """
    frame, wide, scores = (
        table.filter(table.as_of == ibis.literal(day))
        for table in (evaluation.frame, evaluation.metrics.wide, evaluation.scored.scores)
    )
    scores = engine.cache(scores)
    found = findings_of_day(engine, frame, wide, scores, definitions) if findings is None else \
        open_findings(engine, findings, day)
    return steps(engine, frame, wide, scores, found, definitions, staff)


def steps(
    engine: Engine, frame: ir.Table, wide: ir.Table, scores: ir.Table, found: Findings, definitions: Definitions,
    staff: Mapping[int, str],
) -> dict[str, Rows]:
    """Next steps by account from the frame, metrics, scores and findings of one day.

    ``staff`` gives e-mails by key: whose working days a due date counts depends on who takes the step.
    """
    made: dict[str, Rows] = defaultdict(list)
    read = _names_told(found, definitions) & {*wide.columns}
    told = wide.select("account_id", "as_of", *sorted(read - {"account_id", "as_of"}))
    for row in account_values(engine, frame, told, scores, sorted(found)):
        made[row["account_id"]] = _steps(found[row["account_id"]], row, definitions, staff)
    return made


def _names_told(found: Findings, definitions: Definitions) -> set[str]:
    """What the texts of the steps are filled from, and the metrics that they carry."""
    names = {one["signal"] for findings in found.values() for one in findings}
    signals = [one for name, one in definitions.signals.items() if name in names]
    texts = [names_in(text) for one in signals for text in (one.evidence, one.action)]
    return set[str]().union(*texts, (one.metric for one in signals if one.metric))


def steps_of_accounts(
    engine: Engine, given: Mapping[str, pa.Table], found: Findings, definitions: Definitions, staff: Mapping[int, str],
) -> dict[str, Rows]:
    """Next steps by account of those whose ``frame``, ``wide`` metrics and ``scores`` of the day are given."""
    if not any(found.values()):
        return {}

    def ask(t: Mapping[str, ir.Table], keep: Keep) -> dict[str, ir.Table]:
        return {"dials": values(t["frame"], t["wide"].select("account_id", "as_of"), t["scores"], AS_SCORED)}

    dials = answers(engine, "dials", given, ask)["dials"]
    rows: dict[str, dict[str, Any]] = defaultdict(dict)
    for part in (given["wide"], dials, given["frame"]):
        for line in part.to_pylist():
            rows[line["account_id"]] |= line
    return {account: _steps(mine, rows[account], definitions, staff) for account, mine in found.items() if mine}


def _steps(found: list[Found], row: dict[str, Any], definitions: Definitions, staff: Mapping[int, str]) -> Rows:
    row["owner"], row["manager"] = (staff.get(row[k]) for k in ("owner_key", "manager_key"))
    return [
        {k: plain(v) for k, v in step.items() if k not in ("owner", "owner_name")}
        for step in next_steps(found, row, definitions)
    ]


def account_values(engine: Engine, frame: ir.Table, wide: ir.Table, scores: ir.Table, accounts: list[str]) -> Rows:
    """Frame, metrics and scores of the accounts on one day together, one row each, for texts to be filled from."""
    chosen = engine.frame(pa.table({"account_id": pa.array(accounts, pa.string())}))
    metrics = {r["account_id"]: r for r in engine.arrow(wide.semi_join(chosen, "account_id")).to_pylist()}
    mine = frame.semi_join(chosen, "account_id")
    dials = values(mine, wide.select("account_id", "as_of"), scores, AS_SCORED)
    scored = {r["account_id"]: r for r in engine.arrow(dials).to_pylist()}
    facts = engine.arrow(mine).to_pylist()
    return [{**metrics.get(f["account_id"], {}), **scored[f["account_id"]], **f} for f in facts]


def plain(value: Any) -> Any:
    """A value that JSON can hold: dates as ISO text, exact numbers as numbers.

    >>> plain(date(2026, 1, 2)), plain(Decimal("1.5"))
    ('2026-01-02', 1.5)
    """
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
