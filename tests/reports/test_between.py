"""What happened between the two days of a change."""

from __future__ import annotations

from datetime import date
from typing import Any

from holdfast.reports.between import between, models


def row(day: str, score: float | None = 70.0, version: int = 1, card: str = "health") -> dict[str, Any]:
    return {"as_of": day, "score": score, "version": version, "scorecard": card}


def told(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one.day.isoformat(), one.kind, one.what) for one in between(document)]


DOCUMENT: dict[str, Any] = {
    "as_of": "2026-06-30", "change": {"from": "2026-05-31", "to": "2026-06-30"}, "renews_on": "2026-07-05",
    "history": [row("2026-05-24", version=0), row("2026-05-31"), row("2026-06-07", version=2),
                row("2026-06-14", None, 2), row("2026-06-21", None, 2), row("2026-06-28", 60.0, 1, "new_customer"),
                row("2026-06-30", 60.0, 1, "new_customer")],
    "records": {"timeline": [{"day": "2026-06-20", "kind": "outcome", "what": "Renewal"},
                             {"day": "2026-06-19", "kind": "ticket", "what": "Opened"},
                             {"day": "2026-05-01", "kind": "contract", "what": "Began: Suite"}]},
    "notes": [{"day": "2026-06-02", "words": "They asked…", "line": "They asked for a lower price", "key": "a1"},
              {"day": "2026-05-30", "words": "before", "key": "a0"}],
    "plays": [{"day": "2026-06-03", "words": "Call", "line": "Call: about the price"}],
}


def test_each_kind_stands_at_its_day_and_nothing_from_outside_the_two_days() -> None:
    assert told(DOCUMENT) == [
        ("2026-06-02", "note", "They asked for a lower price"),
        ("2026-06-03", "play", "Call: about the price"),
        ("2026-06-07", "model", "Scored by v2 from here on"),
        ("2026-06-14", "no data", "Score withheld until 28 Jun"),
        ("2026-06-20", "contract", "Renewal"),
        ("2026-06-28", "model", "Scored by New customer v1 from here on"),
    ]
    assert [one.note for one in between(DOCUMENT)][:2] == ["a1", ""]


def test_a_day_of_renewal_inside_and_a_score_that_is_still_withheld() -> None:
    later = {**DOCUMENT, "as_of": "2026-07-07", "change": {"from": "2026-06-28", "to": "2026-07-07"}, "notes": [],
             "plays": [], "history": [row("2026-06-28"), row("2026-07-05", None), row("2026-07-07", None)]}
    assert told(later) == [("2026-07-05", "contract", "Day of renewal"),
                           ("2026-07-05", "no data", "Score withheld since then")]


def test_days_of_which_nothing_is_stored_are_a_gap() -> None:
    document = {"as_of": "2026-06-30", "change": {"from": "2026-05-01", "to": "2026-06-30"},
                "history": [row("2026-05-03"), row("2026-06-28")]}
    assert told(document) == [("2026-05-03", "no data", "No score stored until 28 Jun")]


def test_without_two_days_nothing_is_listed() -> None:
    assert between({"as_of": "2026-06-30", "change": None}) == []
    assert models([{"as_of": "2026-06-28", "score": 1.0}, row("2026-06-30")]) == []
    assert models([row("2026-06-28"), row("2026-06-30", version=2)]) == [(date(2026, 6, 30), "v2")]
