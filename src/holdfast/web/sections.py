"""The sections of the worklist: every case stands in the first one that fits, so that no account is shown twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from holdfast.state.access import AccessRole
from holdfast.state.case import CaseState

from .live_entries import SNOOZED, Entry, resting

NEW, ONBOARDING = CaseState.NEW.value, AccessRole.ONBOARDING.value
UNPROVEN_A_DAY = 3
LAUNCHED = range(30, 61)


@dataclass(frozen=True)
class Section:
    """A head with a note, and its cases in the order of their rank."""

    name: str
    title: str
    note: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Viewer:
    """Who looks, when, and by which clock."""

    email: str
    role: str
    moment: datetime
    zone: ZoneInfo

    @cached_property
    def me(self) -> str:
        """The e-mail in small letters."""
        return self.email.casefold()

    @cached_property
    def today(self) -> date:
        """The day by that clock."""
        return self.moment.astimezone(self.zone).date()

    @cached_property
    def tomorrow(self) -> datetime:
        """The moment at which that day ends."""
        return self._begin(self.today + timedelta(days=1))

    @cached_property
    def yesterday(self) -> datetime:
        """The moment at which the day before began."""
        return self._begin(self.today - timedelta(days=1))

    def _begin(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


TITLES: dict[str, tuple[str, str]] = {
    "launch": ("30 to 60 days after the launch", ""),
    "breaching": ("Breaching today", "the time to answer ends today or has ended"),
    "waiting": ("Waiting on me", "your steps that are due, and what came up to you"),
    "waking": ("Waking", "snoozed until now"),
    "new": ("New since yesterday", ""),
    "week": ("This week", "in hand, most at stake first"),
    "small": ("Small accounts", "that an order by revenue would never bring up"),
    "unproven": ("Green but unproven", f"at most {UNPROVEN_A_DAY} a day"),
    "good": ("Good news", ""),
    "later": ("Beyond this week", "more than the owner can take on"),
    "watch": ("Without a clock", "nothing grave"),
    "snoozed": ("Snoozed", ""),
}
"""Section -> title and note, in the order of the page."""
FOLDED = ("later", "watch", "snoozed")
"""Sections that show their count until somebody asks for them."""


def sections(entries: Iterable[Entry], who: Viewer) -> list[Section]:
    """Cases in the order of their rank by section; what a day holds no more of stands where it would otherwise."""
    found: dict[str, list[Entry]] = {name: [] for name in TITLES}
    for entry in entries:
        name = section_of(entry, who)
        if name == "unproven" and len(found[name]) >= UNPROVEN_A_DAY:
            name = "watch"
        found[name].append(entry)
    return [Section(name, *TITLES[name], tuple(listed)) for name, listed in found.items() if listed]


def section_of(entry: Entry, who: Viewer) -> str:
    """The name of the first section that fits."""
    case = entry.case
    if entry.rests and not entry.mine and who.role != ONBOARDING:
        return entry.rests
    if case.state == SNOOZED:
        return "snoozed"
    if who.role == ONBOARDING and entry.row.get("tenure_days") in LAUNCHED:
        return "launch"
    if case.respond_by is not None and breaching(entry, who):
        return "breaching"
    if entry.mine or (case.escalated_to and who.me in (mail.casefold() for mail in case.escalated_to)):
        return "waiting"
    if case.woke and case.state == NEW:
        return "waking"
    if case.respond_by is not None:
        return _with_clock(entry, who)
    return resting(entry.row)


def breaching(entry: Entry, who: Viewer) -> bool:
    """Whether the time to answer ends today or has ended, and nobody has acted."""
    case = entry.case
    if case.respond_by is None or case.first_action_at is not None or case.paused_at is not None:
        return False
    return case.respond_by < who.tomorrow


def _with_clock(entry: Entry, who: Viewer) -> str:
    case, lane = entry.case, entry.facts.get("lane")
    if case.state == NEW and case.opened_at >= who.yesterday:
        return "new"
    return "later" if lane == "later" and case.state == NEW else "small" if lane == "small" else "week"
