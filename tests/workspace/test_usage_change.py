"""Whose use changed: every sum by hand from the events themselves, and no name where none may be seen."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import holdfast
from holdfast.reports.people import without_names
from holdfast.reports.terminal import account_card
from holdfast.reports.usage_change import causes, head_line, tables
from holdfast.workspace.user_kinds import kind_of
from holdfast.workspace.workspace import Workspace

WHOLE = ("kinds", "users", "features", "sources")


@pytest.fixture(scope="module")
def site(small_company: Path) -> Workspace:
    return holdfast.open(small_company)


@pytest.fixture(scope="module")
def documents(site: Workspace) -> list[dict[str, Any]]:
    return [site.account(row["account_id"]).document for row in site.accounts()[:9]]


@pytest.fixture(scope="module")
def events(site: Workspace) -> dict[str, list[dict[str, Any]]]:
    snapshot = site.published.site.snapshot(site.published.versions)
    rows = snapshot.rows("event")
    rows = rows.filter(~rows.deleted.fill_null(False))
    day = snapshot.local_day(rows.occurred_at)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = rows.select("account_id", "user_key", "feature", "channel", day=day).distinct()
    for event in snapshot.engine.arrow(rows).to_pylist():
        found[event["account_id"]].append(event)
    return found


def test_the_parts_are_those_of_the_events(
    documents: list[dict[str, Any]], events: dict[str, list[dict[str, Any]]]
) -> None:
    seen = 0
    for document in documents:
        found = document["usage_change"]
        if found["why"] is not None:
            continue
        seen += 1
        features: dict[str, dict[str | None, float]] = {}
        for name in ("before", "after"):
            span = found[name]
            first, last = (date.fromisoformat(span[k]) for k in ("from", "to"))
            assert (last - first).days == 27
            used: dict[tuple[int, date], set[str]] = defaultdict(set)
            for event in events[document["account_id"]]:
                person = event["user_key"] is not None and (event["channel"] or "person") == "person"
                if person and first <= event["day"] <= last:
                    used[event["user_key"], event["day"]] |= {event["feature"]} - {None}
            assert span["user_days"] == len(used)
            assert span["users"] == len({user for user, _ in used})
            shares: dict[str | None, float] = defaultdict(float)
            for names in used.values():
                for one in names or {None}:
                    shares[one] += 1 / (len(names) or 1)
            features[name] = shares
        for row in found["features"]:
            for name in ("before", "after"):
                assert row[name] == pytest.approx(features[name].get(row["feature"], 0.0), abs=1e-9)
        for part in WHOLE:
            assert sum(row["change"] for row in found[part]) == pytest.approx(found["change"], abs=1e-9)
            assert sum(row["after"] for row in found[part]) == pytest.approx(found["after"]["user_days"], abs=1e-9)
    assert seen >= 5


def test_the_earlier_weeks_lie_before_an_open_decline(documents: list[dict[str, Any]]) -> None:
    for document in documents:
        found = document["usage_change"]
        end = date.fromisoformat(found["before"]["to"])
        opened = [a["opened_on"] for a in document["actions"] if a["signal"] == found["signal"]]
        base = date.fromisoformat(opened[0]) if opened else date.fromisoformat(found["after"]["to"])
        assert end == base - timedelta(days=28)


@pytest.mark.soak
def test_a_past_day_adds_up(site: Workspace) -> None:
    found = site.account(site.accounts()[0]["account_id"], as_of=site.published.days[-4]).document["usage_change"]
    assert found["why"] is not None or sum(row["change"] for row in found["users"]) == found["change"]


def test_names_only_where_they_may_be_seen(documents: list[dict[str, Any]]) -> None:
    document = next(d for d in documents if any(u["person"] for u in d["usage_change"]["users"] if u["change"]))
    names = [c["name"] for c in document["people"]["contacts"]]
    assert not any(name in str(document["usage_change"]) for name in names)
    assert any(name in str(tables(document)) for name in names)
    bare = without_names(document)
    assert not any(name in str(tables(bare)) for name in names)
    assert "user-days" in head_line(bare)
    assert account_card(bare)


def user(before: int, after: int, first: date, early: int = 9) -> dict[str, Any]:
    return {"before": before, "after": after, "first_on": first, "early": early}


def test_each_kind_and_its_near_miss() -> None:
    since, end, old = date(2026, 1, 5), date(2026, 3, 1), date(2025, 6, 1)
    kinds = [
        (user(5, 0, old), False, "left"), (user(0, 2, old), False, "returned"), (user(5, 0, old), True, "quiet"),
        (user(5, 4, old), True, "reduced"), (user(5, 5, old), True, "same"), (user(5, 6, old), True, "grown"),
        (user(0, 3, since), True, "new"), (user(2, 0, since, 2), True, "not_onboarded"),
        (user(3, 0, since, 3), True, "quiet"), (user(2, 0, old, 2), True, "quiet"),
        (user(0, 2, end - timedelta(days=13), 2), True, "not_onboarded"),
        (user(0, 2, end - timedelta(days=12), 2), True, "new"),
    ]
    for row, present, kind in kinds:
        assert kind_of(row, present, since, end, (14, 3)) == kind, (row, present)


def test_the_sentence_names_the_largest_and_is_silent_without_a_fall() -> None:
    kinds = [{"kind": "left", "label": "left the customer", "users": 1, "change": -6},
             {"kind": "reduced", "label": "use it less", "users": 2, "change": -5},
             {"kind": "grown", "label": "use it more", "users": 1, "change": 1}]
    features = [{"feature": None, "change": -8.0}, {"feature": "report_builder", "change": -2.0}]
    assert causes({"change": -10, "kinds": kinds, "features": features}) == (
        "Of 10 active user-days fewer in four weeks, 6 are of 1 user who left the customer and 5 of 2 users who use it "
        "less; most in Report builder (−2.0).")
    assert causes({"change": 3, "kinds": kinds, "features": features}) == ""
    assert causes({"change": None, "kinds": [], "features": []}) == ""
