"""Cases of a run: account rows ranked into lanes, and what their opening sets going."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import ibis.expr.types as ir

from holdfast.actions.capacity import capacity_of
from holdfast.actions.case_list import with_cases
from holdfast.actions.case_plan import CasePlan, case_plan
from holdfast.actions.working_time import Calendars, calendars_of
from holdfast.evaluate.escalations import standings
from holdfast.evaluate.evaluation import Evaluation
from holdfast.evaluate.steps import open_findings
from holdfast.lake import Snapshot
from holdfast.state import case_sync
from holdfast.state.case_acts import verdicts
from holdfast.state.models import Publish

from .site import Site

Rows = list[dict[str, Any]]


def case_rows(
    site: Site, rows: Sequence[Mapping[str, Any]], evaluations: Sequence[Evaluation], day: date, findings: ir.Table,
    staff: Mapping[int, str],
) -> Rows:
    """Account rows with their case: rank, lane, escalation that holds, success of its playbook."""
    holding = {
        account: [one["signal"] for one in found]
        for account, found in open_findings(site.engine, findings, day).items()
    }
    return with_cases(
        rows, site.definitions, capacity_of(site.definitions, staff), verdicts(), case_sync.settled(rows),
        standings(site.engine, evaluations, site.definitions, day, holding),
    )


def calendars(site: Site, snapshot: Snapshot) -> dict[str, dict[str, list[str]]]:
    """Days off and short days by team, as the records have them."""
    days = snapshot.rows("calendar")
    rows = site.engine.arrow(days.filter(~days.deleted).select("team", "date", "kind").distinct()).to_pylist()
    return calendars_of([row for row in rows if row["team"] and row["date"]])


def take_over(
    site: Site, published: Publish, rows: Sequence[Mapping[str, Any]], staff: Mapping[int, str], kept: Calendars
) -> None:
    """Let the cases follow the findings of a publish, inside its transaction."""
    with_people = [
        {**row, "owner": staff.get(row["owner_key"] or -1), "manager": staff.get(row["manager_key"] or -1)}
        for row in rows
    ]

    def plan(row: Mapping[str, Any], opened_at: datetime) -> CasePlan:
        return case_plan(row, site.definitions, kept, opened_at)

    case_sync.sync(published, with_people, plan)
