"""One case as the panel beside the worklist and its own page show it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from holdfast.charts.bands import glyph
from holdfast.reports.account_side import SEVERITY
from holdfast.reports.frame import chip
from holdfast.reports.render import markup
from holdfast.reports.words import clean, day_short, delta, money, name_words, plural
from holdfast.state.case import Case, CaseTask
from holdfast.state.job import Job
from holdfast.state.models import User
from holdfast.workspace.clocks import Clocks

from .case_words import clock_words, history_line, moment_words, tags
from .desk import Desk
from .live_entries import Entry
from .sections import Viewer
from .staff import staff_name, takers

LINES = 8
"""Lines of history in the panel; the page of the case has them all."""


def case_panel(entry: Entry, here: Desk, who: Viewer, clocks: Clocks) -> dict[str, Any]:
    """What stands beside the list for the chosen case."""
    row, case = clean(entry.row), entry.case
    settings = here.workspace.site.definitions.settings
    zone = clocks.hours(case.owner).zone
    upcoming = Job.objects.filter(case=case, round=case.round, kind="call", done_at=None, held=False).order_by("due_at")
    told = upcoming.first()
    staff = dict(User.objects.values_list("pk", "email"))
    events = case.events.order_by("-pk")[:LINES]
    return {
        "key": case.key, "name": row["name"] or row["account_id"], "chip": chip(row, large=True),
        "facts": (
            ("ARR", "unknown" if row.get("arr") is None else money(round(row["arr"]), settings.currency)),
            ("Renews", day_short(row["renews_on"], row["as_of"]) if row.get("renews_on") else "unknown"),
            ("Owner", staff_name(case.owner, here) or "nobody"),
        ),
        "clock": clock_words(case, clocks, who.moment),
        "opened": moment_words(case.opened_at, zone, who.moment),
        "detected": plural(case.days_to_detection, "day"),
        "acted": moment_words(case.first_action_at, zone, who.moment) if case.first_action_at else "",
        "told": ", ".join(staff_name(mail, here) for mail in told.payload["to"]) if told else "",
        "told_at": moment_words(told.due_at, zone, who.moment) if told and told.due_at > who.moment else "",
        "escalated": ", ".join(staff_name(mail, here) for mail in case.escalated_to),
        "paused": case.pause_reason if case.paused_at and case.state != "snoozed" else "",
        "can_pause": case.respond_by is not None and case.first_action_at is None and case.paused_at is None,
        "written": case.briefs.filter(round=case.round).exists(),
        "state": case.state, "tags": tags(entry), "delta": delta(row["delta_7d"]),
        "evidence": evidence_of(row),
        "why": entry.facts.get("why", ""), "lane": entry.facts.get("lane", ""), "rank": entry.facts.get("rank", ""),
        "tasks": tasks_of(entry.case, who, here),
        "history": [history_line(event, zone, who.moment, staff) for event in events],
        "takers": takers(here, entry.row["owner"]), "wake": in_a_week(who),
    }


def in_a_week(who: Viewer) -> str:
    """The day that is offered for a snooze."""
    return (who.today + timedelta(days=7)).isoformat()


def tasks_of(case: Case, who: Viewer, here: Desk) -> list[dict[str, Any]]:
    """The steps of the present round in their order."""
    return [_task(task, who, here) for task in case.tasks.filter(round=case.round).order_by("number")]


def _task(task: CaseTask, who: Viewer, here: Desk) -> dict[str, Any]:
    late = task.done_at is None and task.due_on < who.today
    return {
        "pk": task.pk, "do": task.do, "done": task.done_at is not None, "late": late,
        "due": "today" if task.due_on == who.today else day_short(task.due_on, who.today),
        "owner": staff_name(task.owner, here) or name_words(task.owner_role), "stage": task.stage,
    }


def evidence_of(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The open findings of an account row, each with its sign, its words, and since when it holds."""
    return [_evidence(step, row) for step in row["actions"]]


def _evidence(step: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    step = clean(dict(step))
    since = f"since {day_short(step['opened_on'], row['as_of'])}" if step.get("opened_on") else ""
    unclear = "not told today" if step.get("state") == "unknown" else ""
    severity, label = str(step["severity"]), step["label"] if step["label"] != step["evidence"] else ""
    return {
        "glyph": markup(glyph(SEVERITY.get(severity, "neutral"), 12)), "severity": name_words(severity),
        "since": since.removeprefix("since "),
        "words": step["evidence"],
        "note": " · ".join(part for part in (label, name_words(severity).lower(), since, unclear) if part),
    }
