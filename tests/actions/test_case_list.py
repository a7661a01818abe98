"""One case an account, lanes against capacity, and how much there is; answers by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from holdfast.actions.case_list import order, with_cases
from holdfast.actions.volume import volume
from holdfast.definitions.load import builtin
from holdfast.definitions.settings import Work

DAY = "2026-03-27"
BASE = builtin()


def step(signal: str = "usage_decline", severity: str = "high", **more: Any) -> dict[str, Any]:
    return {"signal": signal, "label": signal, "severity": severity, "nature": "risk", "state": "open",
            "opened_on": "2026-03-25", "due_on": DAY, **more}


def account(name: str, arr: float | None, *steps: dict[str, Any], owner: int = 1) -> dict[str, Any]:
    return {"account_id": name, "arr": arr, "coverage": 1.0, "as_of": DAY, "renews_on": None, "owner_key": owner,
            "actions": list(steps)}


def cases(rows: list[dict[str, Any]], capacity: int = 20, small_places: int = 4, **more: Any) -> dict[str, Any]:
    settings = BASE.settings.model_copy(update={"work": Work(capacity=capacity, small_places=small_places)})
    found = with_cases(rows, replace(BASE, settings=settings), lambda owner: capacity, **more)
    return {row["account_id"]: row["case"] for row in found}


def test_an_account_has_one_case_however_many_findings() -> None:
    made = cases([account("a", 100, step("seats_unused", "medium"), step("champion_left", "critical"), step()),
                  account("b", 100)])
    assert made["b"] is None
    assert (made["a"]["key"], made["a"]["signal"], made["a"]["severity"]) == ("a", "champion_left", "critical")
    assert made["a"]["priority"] == 100 * 0.5 * 3 * 1
    assert made["a"]["signals"] == ["seats_unused", "champion_left", "usage_decline"]


def test_the_key_stays_when_a_back_fill_moves_the_opening() -> None:
    before = cases([account("a", 100, step())])["a"]
    after = cases([account("a", 100, step(opened_on="2026-02-01"))])["a"]
    assert before["key"] == after["key"]
    assert (before["found_on"], after["found_on"]) == ("2026-03-25", "2026-02-01")


def test_the_finding_that_presses_most_leads_and_the_gravest_gives_the_severity() -> None:
    long_known = step("merger", "critical", opened_on="2025-01-01", due_on="2025-01-02")
    made = cases([account("a", 100, long_known, step())])["a"]
    assert made["signal"] == "usage_decline"  # 0.3 x 3 against 0.5 x 0.5
    assert made["severity"] == "critical"


def test_lanes_fill_by_revenue_and_keep_places_for_the_small() -> None:
    rows = [account(f"big{n}", 90_000 - n, step()) for n in range(5)]
    rows += [account("tiny", 10, step()), account("tinier", 5, step("champion_left", "critical")),
             account("mild", 7, step("seats_unused", "medium")), account("fine", 1), account("well", 1)]
    made = cases(rows, capacity=4, small_places=2)
    assert {n: c["lane"] for n, c in made.items() if c} == {
        "big0": "week", "big1": "week", "big2": "later", "big3": "later", "big4": "later",
        "tiny": "small", "tinier": "small", "mild": "watch",
    }
    assert (made["tinier"]["rank"], made["tiny"]["rank"]) == (1, 2)  # without revenue, the graver first
    found = with_cases(rows, BASE, lambda owner: 20)
    listed = [r["account_id"] for r in sorted((r for r in found if r["case"]), key=order)]
    assert listed[:4] == ["big0", "big1", "big2", "big3"]


def test_places_that_no_small_account_needs_go_to_the_rest() -> None:
    made = cases([account(f"a{n}", 1_000, step()) for n in range(5)], capacity=4, small_places=2)
    assert [c["lane"] for c in made.values()] == ["week", "week", "week", "week", "later"]


def test_a_closed_case_takes_no_place_and_each_owner_has_a_week() -> None:
    rows = [account("a", 3, step()), account("b", 2, step()), account("c", 1, step(), owner=2)]
    made = cases(rows, capacity=1, small_places=0, settled={"a"})
    assert [made[n]["lane"] for n in "abc"] == ["later", "week", "week"]


def test_good_news_has_a_lane_without_clock_and_medium_findings_have_none() -> None:
    made = cases([account("a", 1, step("growing", "medium", nature="opportunity")),
                  account("b", None, step("seats_unused", "medium"))])
    assert (made["a"]["lane"], made["a"]["clock"]) == ("good", False)
    assert (made["b"]["lane"], made["b"]["clock"], made["b"]["factors"]["revenue_assumed"]) == ("watch", False, True)


def test_judgements_of_a_rule_move_its_cases() -> None:
    rows = [account("a", 100, step())]
    assert cases(rows, verdicts={"usage_decline": (0, 10)})["a"]["priority"] == cases(rows)["a"]["priority"] / 2


def test_volume_by_owner_rule_and_overlap() -> None:
    rows = [account(f"a{n}", 100, step(), step("seats_unused", "medium", opened_on="2026-01-01")) for n in range(5)]
    rows += [account("x", 50, step(opened_on="2026-03-20")), account("y", 50, step("merger", "medium"), owner=2)]
    settings = BASE.settings.model_copy(update={"work": Work(capacity=4, small_places=1)})
    found = volume(with_cases(rows, replace(BASE, settings=settings), lambda owner: 4), lambda owner: 4, "owner_key")
    first, second = found["load"]
    assert (first["owner"], first["with_clock"], first["new_7d"], first["over"]) == (1, 6, 5, 2)
    assert (first["week"], first["small"], first["later"]) == (3, 1, 2)
    assert (second["with_clock"], second["watch"] + second["small"]) == (0, 1)
    decline = next(r for r in found["rules"] if r["signal"] == "usage_decline")
    assert (decline["accounts"], decline["new_7d"], decline["alone"]) == (6, 5, 1)
    assert found["overlap"] == [{"signals": ["seats_unused", "usage_decline"], "accounts": 5, "share": 5 / 6}]
