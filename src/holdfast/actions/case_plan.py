"""What the opening of a case sets going: the time to answer, who is drawn in when, and the steps of its playbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.escalation import Escalation
from holdfast.definitions.signal import days_of

from .owner import person_for
from .working_time import Calendars, WorkingTime, working_time

Until = Literal["first action", "closed", "success"]


@dataclass(frozen=True)
class Call:
    """At ``at`` the people in ``to`` (e-mails) are drawn in, unless what ``until`` names has happened before."""

    name: str
    at: datetime
    to: tuple[str, ...]
    why: str
    until: Until


@dataclass(frozen=True)
class Task:
    """A step of a playbook. ``number`` is its place in the playbook."""

    number: int
    stage: str
    do: str
    owner_role: str
    owner: str | None
    due_on: date


@dataclass(frozen=True)
class CasePlan:
    """``respond_by``: until when somebody has to act first; None where no clock runs."""

    escalation: str
    respond_by: datetime | None
    calls: tuple[Call, ...]
    playbook: str
    tasks: tuple[Task, ...]


def case_plan(
    row: Mapping[str, Any], definitions: Definitions, calendars: Calendars, opened_at: datetime
) -> CasePlan:
    """The plan of the case of an account row, which has ``owner`` and ``manager`` as e-mails.

    A case without a clock draws nobody in and starts no playbook. The time to answer is the shorter of the
    leading signal's and that of the escalation that holds for the account.
    """
    case = row["case"]
    if not case["clock"]:
        return CasePlan("", None, (), "", ())
    hours = working_time(row.get("owner"), definitions, calendars)
    way = next((one for one in definitions.escalations if one.escalation == (case.get("way") or {}).get("name")), None)
    dues = [definitions.signals[case["signal"]].due, *([way.due] if way else [])]
    respond_by = min(hours.deadline(opened_at, due) for due in dues)
    book = definitions.signals[case["signal"]].playbook
    tasks = _tasks(row, definitions, calendars, book, hours.local(hours.opening(opened_at)).date())
    calls = [
        *(_further(way, case["way"]["further"], row, definitions, hours, opened_at) if way else ()),
        _missed_answer(row, definitions, respond_by),
        *_missed_success(row, definitions, book, hours, opened_at),
    ]
    return CasePlan(
        way.escalation if way else "", respond_by, tuple(call for call in calls if call.to), book or "", tasks
    )


def _further(
    way: Escalation, holding: list[int], row: Mapping[str, Any], definitions: Definitions, hours: WorkingTime,
    opened_at: datetime,
) -> list[Call]:
    found = []
    for number in holding:
        further = way.further[number]
        days = days_of(further.after)
        at = opened_at if days is None else hours.opening(opened_at + timedelta(days=days))
        why = way.label if days is None else f"{way.label}: {days} days without an end"
        found.append(Call(f"further {number}", at, _people(further.to, row, definitions), why, "closed"))
    return found


def _missed_answer(row: Mapping[str, Any], definitions: Definitions, respond_by: datetime) -> Call:
    return Call("no answer", respond_by, _people(("manager",), row, definitions), "nobody has acted in time",
                "first action")


def _missed_success(
    row: Mapping[str, Any], definitions: Definitions, book: str | None, hours: WorkingTime, opened_at: datetime
) -> list[Call]:
    if book is None:
        return []
    success = definitions.playbooks[book].success
    at = hours.deadline(opened_at, f"{success.by_day}d")
    return [Call("no success", at, _people((success.missed_owner,), row, definitions), success.missed, "success")]


def _tasks(
    row: Mapping[str, Any], definitions: Definitions, calendars: Calendars, book: str | None, first: date
) -> tuple[Task, ...]:
    if book is None:
        return ()
    found: list[Task] = []
    teams: dict[str | None, WorkingTime] = {}
    for stage in definitions.playbooks[book].stages:
        for step in stage.steps:
            owner = person_for(step.owner, row, definitions.people)
            hours = teams.get(owner) or teams.setdefault(owner, working_time(owner, definitions, calendars))
            due = hours.last_day(first + timedelta(days=stage.to_day - 1))
            found.append(Task(len(found) + 1, stage.stage, step.do, step.owner, owner, due))
    return tuple(found)


def _people(roles: tuple[str, ...], row: Mapping[str, Any], definitions: Definitions) -> tuple[str, ...]:
    found = (person_for(role, row, definitions.people) for role in roles)
    return tuple(dict.fromkeys(mail for mail in found if mail))
