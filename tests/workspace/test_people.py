"""The people map: seats by hand, use that adds up, names only where they may be seen."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

import holdfast
from holdfast.reports.people import columns, head_line, without_names
from holdfast.reports.terminal import account_card
from holdfast.workspace.people import seats
from holdfast.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def site(small_company: Path) -> Workspace:
    return holdfast.open(small_company)


def contact(person: str, roles: list[str], *, present: bool = True) -> dict[str, Any]:
    return {"person": person, "roles": roles, "present": present}


def test_a_seat_is_filled_left_or_empty_and_unknown_where_no_role_is_recorded() -> None:
    left = contact("p2", ["champion"], present=False)
    assert seats([contact("p1", ["sponsor", "budget_holder"]), left, contact("p3", [])]) == [
        {"seat": "money", "state": "filled", "people": ["p1"]},
        {"seat": "sponsor", "state": "filled", "people": ["p1"]},
        {"seat": "champion", "state": "left", "people": ["p2"]},
    ]
    assert {s["state"] for s in seats([contact("p1", ["billing"])])} == {"empty"}
    assert {s["state"] for s in seats([contact("p1", [])])} == {"role not recorded"}
    assert {s["state"] for s in seats([])} == {"role not recorded"}


def test_use_adds_up_and_everybody_of_the_export_is_there(site: Workspace, small_company: Path) -> None:
    with open(small_company / "exports/crm/contacts.csv", encoding="utf-8", errors="replace") as file:
        export = list(csv.DictReader(file))
    for row in site.accounts()[:6]:
        found = site.account(row["account_id"]).document["people"]
        people = found["contacts"]
        wanted = {r["Contact ID"] for r in export if r["Account ID"] == row["account_id"]}
        assert len(people) == len(wanted)
        shares = [p["use_share"] for p in people if p["use_share"] is not None]
        if found["others"]["use_share"] is not None:
            assert sum(shares) + found["others"]["use_share"] == pytest.approx(1.0)
        for one in people:
            assert one["name"]
            above = {p["person"] for p in people}
            assert one["reports_to"] is None or one["reports_to"] in above - {one["person"]}


def test_a_past_day_is_computed_and_knows_nobody_who_came_later(site: Workspace) -> None:
    account = site.accounts()[0]["account_id"]
    earlier = site.published.days[0]
    now, then = (site.account(account, as_of=day).document["people"]["contacts"]
                 for day in (site.published.as_of, earlier))
    assert len(then) <= len(now)
    assert all(p["last_two_way_on"] is None or p["last_two_way_on"] <= earlier.isoformat() for p in then)


def test_without_the_right_no_name_and_no_title_is_left(site: Workspace) -> None:
    documents = (site.account(row["account_id"]).document for row in site.accounts())
    document = next(d for d in documents if d["people"]["contacts"])
    words = [p[k] for p in document["people"]["contacts"] for k in ("name", "title") if p[k]]
    bare = without_names(document)
    assert words
    shown = str(columns(bare)) + head_line(bare) + str(bare["people"])
    assert not any(word in shown for word in words)
    assert "Person 1" in shown
    assert any(words[0] in str(column) for column in columns(document))
    assert account_card(document)
