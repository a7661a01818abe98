"""In which section a case stands: the first that fits, no account twice; and its clock in words. Answers by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from holdfast.definitions.load import builtin
from holdfast.state.case import Case
from holdfast.web.case_words import clock_words
from holdfast.web.live_entries import Entry
from holdfast.web.sections import Viewer, section_of, sections
from holdfast.workspace.clocks import Clocks

NOW = datetime(2026, 3, 17, 9, tzinfo=UTC)  # a Tuesday, 10:00 in Berlin
BERLIN = ZoneInfo("Europe/Berlin")
ME = Viewer("ana@x.test", "csm", NOW, BERLIN)


def entry(key: str = "a", *, lane: str = "week", rank: int = 1, row: dict[str, Any] | None = None,
          mine: tuple[Any, ...] = (), **case: Any) -> Entry:
    facts = {
        "state": "new", "owner": "ana@x.test", "opened_at": NOW - timedelta(days=5), "opened_on": date(2026, 3, 12),
        "found_on": date(2026, 3, 1), "respond_by": NOW + timedelta(days=3), "severity": "high",
    }
    about = {"account_id": key, "band": "at_risk", "actions": [], "tenure_days": 400,
             "case": {"lane": lane, "rank": rank, "signal": "x"}}
    return Entry({**about, **(row or {})}, Case(key=key, **{**facts, **case}), mine)


def green(key: str, category: str, rank: int = 1) -> Entry:
    return entry(key, lane="watch", rank=rank, respond_by=None,
                 row={"band": "healthy", "actions": [{"category": category}]})


@pytest.mark.parametrize(("name", "found"), [
    ("week", entry()),
    ("new", entry(opened_at=NOW - timedelta(hours=30))),  # yesterday at 4:00 by their clock
    ("week", entry(opened_at=NOW - timedelta(hours=35))),  # the evening before
    ("breaching", entry(respond_by=NOW + timedelta(hours=13))),
    ("new", entry(respond_by=NOW + timedelta(hours=15), opened_at=NOW)),  # 1:00 on Wednesday
    ("breaching", entry(respond_by=NOW - timedelta(days=2))),
    ("week", entry(respond_by=NOW - timedelta(days=2), first_action_at=NOW, state="working")),
    ("week", entry(respond_by=NOW, paused_at=NOW)),
    ("waiting", entry(mine=("a step",))),
    ("waiting", entry(escalated_to=["Ana@x.test"])),
    ("week", entry(escalated_to=["max@x.test"])),
    ("waking", entry(woke="it got worse")),
    ("snoozed", entry(state="snoozed", respond_by=NOW)),
    ("later", entry(lane="later")),
    ("week", entry(lane="later", state="working")),
    ("small", entry(lane="small")),
    ("small", entry(lane="small", respond_by=None)),
    ("good", entry(lane="good", respond_by=None)),
    ("watch", entry(lane="watch", respond_by=None)),
    ("unproven", green("g", "value")),
    ("watch", green("g", "usage")),
])
def test_the_first_section_that_fits(name: str, found: Entry) -> None:
    assert section_of(found, ME) == name


def test_onboarding_sees_launches_of_30_to_60_days_first() -> None:
    specialist = Viewer("ana@x.test", "onboarding", NOW, BERLIN)
    days = {29: "week", 30: "launch", 60: "launch", 61: "week"}
    assert {d: section_of(entry(row={"tenure_days": d}), specialist) for d in days} == days
    assert section_of(entry(row={"tenure_days": 45}), ME) == "week"


def test_at_most_three_green_ones_a_day() -> None:
    made = sections([green(f"g{n}", "value", rank=n) for n in (1, 2, 3, 4, 5)], ME)
    assert {s.name: [e.case.key for e in s.entries] for s in made} == {
        "unproven": ["g1", "g2", "g3"], "watch": ["g4", "g5"]}


def test_no_case_stands_twice_and_sections_keep_their_order() -> None:
    made = sections([entry("a"), entry("b", rank=2), entry("c", mine=("x",)), entry("d", state="snoozed")], ME)
    assert [(s.name, [e.case.key for e in s.entries]) for s in made] == [
        ("waiting", ["c"]), ("week", ["a", "b"]), ("snoozed", ["d"])]


@pytest.mark.parametrize(("case", "kind", "words"), [
    ({"respond_by": datetime(2026, 3, 17, 11, 10, tzinfo=UTC)}, "soon", "2 h 10 min left"),
    ({"respond_by": datetime(2026, 3, 18, 13, tzinfo=UTC)}, "left", "1 d 4 h left"),  # UTC 9 to 17: 8 h and 4 h
    ({"respond_by": datetime(2026, 3, 16, 16, 22, tzinfo=UTC)}, "over", "38 min over"),
    ({"respond_by": None}, "none", "No clock"),
    ({"first_action_at": NOW}, "answered", "In work"),
    ({"paused_at": NOW}, "paused", "Clock paused"),
    ({"state": "snoozed", "snoozed_until": date(2026, 3, 30)}, "snoozed", "Until 30 Mar"),
])
def test_clocks_in_words(case: dict[str, Any], kind: str, words: str) -> None:
    found = clock_words(entry(**case).case, Clocks(builtin(), {}), NOW)
    assert (found.kind, found.words) == (kind, words)
