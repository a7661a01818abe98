"""Segments of users: each account's counts by hand from its events, dormant users never among the active."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import holdfast
from holdfast.reports.user_segments import head_line, lines
from holdfast.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def site(small_company: Path) -> Workspace:
    return holdfast.open(small_company)


def segment(days: set[date], features: int, champion: bool | None, end: date) -> str | None:
    def within(first: int, last: int) -> int:
        return sum(first <= (end - day).days <= last for day in days)

    now, before, idle = within(0, 27), within(28, 55), (end - max(days)).days
    if idle >= 30:
        return "dormant"
    if before >= 4 and now <= before / 2:
        return "at_risk"
    if now >= 12 and features >= 4:
        return None if champion is None else "champion" if champion else "power"
    return "regular" if now >= 4 else "casual"


def test_counts_are_those_of_the_events(site: Workspace) -> None:
    published = site.published
    snapshot = published.site.snapshot(published.versions)
    rows = snapshot.rows("event")
    rows = rows.filter(~rows.deleted.fill_null(False), rows.user_key.notnull(),
                       rows.channel.fill_null("person") == "person")
    rows = rows.select("account_id", "user_key", "feature", day=snapshot.local_day(rows.occurred_at)).distinct()
    end = published.as_of
    days: dict[tuple[str, int], set[date]] = defaultdict(set)
    used: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in snapshot.engine.arrow(rows).to_pylist():
        key = (row["account_id"], row["user_key"])
        if row["day"] <= end:
            days[key].add(row["day"])
            if row["feature"] and end - row["day"] < timedelta(days=28):
                used[key].add(row["feature"])
    people = published.read("people").to_pylist()
    roles = {row["account_id"] for row in people if row["roles"]}
    there: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for row in people:
        if row["contact_key"] is not None and row["user_key"] is not None:
            there[row["account_id"], row["user_key"]].append(row)
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for key, mine in days.items():
        if (end - max(mine)).days >= 180:
            continue
        contacts = there[key]
        present = [row for row in contacts if row["present"]]
        champion = any("champion" in (row["roles"] or "") for row in present) if key[0] in roles else None
        found = segment(mine, len(used[key]), champion, end)
        expected[key[0]]["left" if contacts and not present else found or "unknown"] += 1
    document = site.segments()
    for row in document["accounts"]:
        assert row["users"] == dict(expected[row["account_id"]]), row["account_id"]
    whole = Counter[str]()
    for row in document["accounts"]:
        whole.update(row["users"])
    assert {row["segment"] or "unknown": row["users"] for row in document["users"] if row["users"]} == dict(whole)
    assert len(whole) >= 5
    assert sum(row["share"] for row in document["users"] if row["active"]) == pytest.approx(1.0)


def test_the_account_says_the_same_and_leaves_dormant_users_out_of_the_active(site: Workspace) -> None:
    row = max(site.segments()["accounts"], key=lambda r: r["users"].get("dormant", 0))
    document = site.account(row["account_id"]).document
    found = document["user_segments"]
    counted = {one["segment"]: one["users"] for one in found["segments"] if one["users"]}
    assert counted == {k: n for k, n in row["users"].items() if k not in ("left", "unknown")}
    assert row["users"]["dormant"] > 0
    assert found["active"] == sum(n for k, n in counted.items() if k != "dormant")
    assert found["users"] == found["active"] + row["users"]["dormant"] + found["unknown"]
    dormant = next(one for one in found["segments"] if one["segment"] == "dormant")
    assert dormant["share"] == dormant["users"] / found["users"]
    assert f"{found['active']} of them active" in head_line(document)
    assert len(lines(document)) == len(found["segments"])
