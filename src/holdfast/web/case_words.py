"""A case in words: its clock, its reason, its tags, its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.reports.words import clean, day_short, plural
from holdfast.state.case import Case, CaseEvent, CaseState, Outcome
from holdfast.workspace.clocks import Clocks

from .live_entries import Entry

SOON = timedelta(hours=4)
MOST_REASONS = 3
HISTORY: Mapping[str, str] = {
    "opened": "Case opened", "reopened": "Case opened again", "worse": "Got worse", "more": "Another finding",
    "clock": "Response clock started", "cleared": "Cleared by itself", "woke": "Woke from snooze",
    "closed": "Closed", "snoozed": "Snoozed", "assigned": "Assigned", "touch": "Logged", "paused": "Clock paused",
    "resumed": "Clock goes on", "task": "Step", "undone": "Taken back", "escalated": "Escalated",
    "described": "Written up", "offer": "Save offer", "tier": "Tier change",
}

BRIEF: Mapping[str, str] = {
    "root_cause": "Root cause", "success_criterion": "Success criterion", "impact": "Impact",
    "stake": "Revenue at stake", "outcome": "Outcome of the account",
    "lessons": "Lessons", "next_review": "Next review",
}
"""The fields that people write about a case, in the order of its page."""


@dataclass(frozen=True)
class ClockWords:
    """What stands for the clock of a case. ``kind`` is one of none, left, soon, over, paused, answered, snoozed."""

    kind: str
    words: str
    due: str = ""
    done: int = 0
    """Share of the working time that has passed, in percent."""


def clock_words(case: Case, clocks: Clocks, moment: datetime) -> ClockWords:
    """The time left to act first, in working time of the owner's team, or why no clock runs."""
    if case.state == CaseState.SNOOZED:
        return ClockWords("snoozed", f"Until {day_short(case.snoozed_until, moment.date())}")
    if case.respond_by is None:
        return ClockWords("none", "No clock")
    if case.first_action_at is not None:
        return ClockWords("answered", "In work")
    if case.paused_at is not None:
        return ClockWords("paused", "Clock paused")
    hours = clocks.hours(case.owner)
    due = moment_words(case.respond_by, hours.zone, moment)
    if moment >= case.respond_by:
        return ClockWords("over", f"{span_words(hours.between(case.respond_by, moment), hours.minutes)} over", due, 100)
    left = hours.between(moment, case.respond_by)
    whole = hours.between(case.opened_at, case.respond_by)
    share = round(100 * (1 - left / whole)) if whole else 0
    return ClockWords("soon" if left <= SOON else "left", f"{span_words(left, hours.minutes)} left", due, share)


def span_words(span: timedelta, day_minutes: int = 480) -> str:
    """A span of working time; a day is a working day.

    >>> span_words(timedelta(minutes=38)), span_words(timedelta(hours=12)), span_words(timedelta(hours=2, minutes=10))
    ('38 min', '1 d 4 h', '2 h 10 min')
    """
    minutes = int(span.total_seconds() // 60)
    days, rest = divmod(minutes, day_minutes or 1_440)
    hours, rest = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h" if hours and days < 10 else f"{days} d"
    if hours:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{rest} min"


def moment_words(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Day and time by a team's clock; today by its time alone."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return f"today {local:%H:%M}"
    return f"{local:%a} {day_short(local.date(), today)} {local:%H:%M}"


def reason_line(entry: Entry) -> str:
    """What is the matter, the leading finding first."""
    steps: Sequence[Mapping[str, Any]] = entry.row["actions"]
    lead = entry.facts.get("signal")
    listed = sorted(steps, key=lambda step: step["signal"] != lead)
    words = [str(step["label"]) for step in listed[:MOST_REASONS]]
    more = len(listed) - len(words)
    return " · ".join([*words, f"{more} more"] if more > 0 else words) or "Nothing is open any more"


def tags(entry: Entry) -> list[tuple[str, str]]:
    """At most two marks: kind and words."""
    case, row = entry.case, entry.row
    found = []
    if case.escalated_to:
        found.append(("crit", "Escalated"))
    if row.get("held_since"):
        found.append(("warn", "Score held"))
    if case.woke and case.state == CaseState.NEW:
        found.append(("", f"Woke: {case.woke}"))
    if row["band"] == "not_enough_data":
        found.append(("", "Not enough data"))
    if case.paused_at is not None and case.state != CaseState.SNOOZED:
        found.append(("", "Paused"))
    return found[:2]


def history_line(event: CaseEvent, zone: ZoneInfo, now: datetime, staff: Mapping[int, str]) -> dict[str, str]:
    """One line of the history: when, what, who."""
    body = clean(event.body)
    return {
        "when": moment_words(event.at, zone, now),
        "what": HISTORY.get(event.kind, event.kind) + _detail(event.kind, body),
        "who": staff.get(event.actor_id or 0, "") if event.actor_id else "",
    }


def _detail(kind: str, body: Mapping[str, Any]) -> str:
    if kind == "closed":
        return f": {Outcome(body['outcome']).label.lower()}"
    if kind == "snoozed":
        return f" until {day_short(body['until'], None)}" + (f": {body['reason']}" if body["reason"] else "")
    if kind == "assigned":
        return f" to {body['to']}"
    if kind == "touch":
        return f" {body['kind']}" + (f": {body['text']}" if body["text"] else "")
    if kind == "paused":
        return f": {body['reason']}"
    if kind == "woke":
        return f": {body['why']}"
    if kind == "task":
        return f" {'done' if body['done'] else 'not done after all'}: {body['do']}"
    if kind in ("offer", "tier"):
        role = f" by {body['role']}" if body.get("role") else ""
        text = body.get("terms") or body.get("why")
        return f" {body['offer']}, {body['what']}{role}" + (f": {text}" if text else "")
    if kind == "described":
        return f": {', '.join(words.lower() for name, words in BRIEF.items() if name in body['now'])}"
    if kind == "escalated":
        return f" to {', '.join(body['to'])}: {body['why']}"
    if kind in ("opened", "reopened", "worse", "more", "clock") and body.get("signals"):
        return f", {plural(len(body['signals']), 'finding')}"
    return ""
