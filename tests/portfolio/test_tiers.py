"""Service tiers by hand: assignment, overdue touches, load, matrix, thresholds, movement, restoring."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.definitions.load import builtin
from holdfast.portfolio import tiers
from holdfast.portfolio.migration import at_risk_since, matrix_movement, migrations, risk_moves, upgrade_candidates

SERVICE = builtin().service


def row(**more: Any) -> dict[str, Any]:
    given = {"account_id": "a", "name": "A", "owner": "ana@x.example", "score": 70.0, "arr": 30_000.0,
             "value_tier": "mid_market", "tier": "growth", "tier_score": 65.0, "overdue": [], "dials": {}}
    return {**given, **more}


def test_the_tier_score_decides_and_revenue_stands_in_while_it_is_unknown() -> None:
    found = [tiers.assigned(row(dials={"tier": {"band": band}}, value_tier=value), SERVICE) for band, value in (
        ("enterprise", "smb"), ("not_enough_data", "smb"), ("not_enough_data", None))]
    assert [(one.tier if one else None, by) for one, by in found] == [
        ("enterprise", "tier score"), ("scale", "revenue"), (None, "unknown")]


def test_a_touch_is_overdue_after_its_day_and_unknown_is_not_overdue() -> None:
    by_name = {one.tier: one for one in SERVICE}
    known = {"days_since_two_way_contact": 63.0, "days_since_review": 183.0, "executive_contact_days": 900.0}
    assert tiers.overdue(by_name["growth"], known) == [{"touch": "outreach", "days": 63.0, "allowed": 62}]
    assert [t["touch"] for t in tiers.overdue(by_name["enterprise"], known)] == [
        "outreach", "review", "executive contact"]
    assert tiers.overdue(by_name["enterprise"], {}) == []
    assert tiers.overdue(by_name["tech_touch"], known) == []
    assert tiers.overdue(None, known) == []


def test_every_account_is_in_one_tier_and_one_cell() -> None:
    rows = [row(), row(tier="enterprise", arr=120_000.0, score=59.9), row(tier=None, arr=None, score=None),
            row(arr=24_999.0, score=60.0), row(score=None)]
    by_tier = tiers.by_tier(rows, SERVICE)
    assert {r["tier"]: r["accounts"] for r in by_tier} == {
        "enterprise": 1, "growth": 3, "scale": 0, "tech_touch": 0, None: 1}
    assert next(r["health"] for r in by_tier if r["tier"] == "growth") == pytest.approx(65.0)
    cells = {(c["value"], c["health"]): (c["accounts"], c["arr"]) for c in tiers.matrix(rows)}
    assert cells == {("high", "high"): (1, 30_000.0), ("high", "low"): (1, 120_000.0), ("low", "high"): (1, 24_999.0),
                     ("low", "low"): (0, 0), (None, None): (2, 30_000.0)}


def test_load_is_the_sum_of_shares_and_over_one_is_too_much() -> None:
    rows = [row(tier="enterprise")] * 15 + [row(tier="growth")] + [row(owner=None, tier="scale")] * 2
    first, second = tiers.load(rows, SERVICE)
    assert (first["accounts"], first["load"], first["over"]) == (16, pytest.approx(1.02), True)
    assert (second["owner"], second["load"], second["over"]) == (None, pytest.approx(0.01), False)


def test_near_means_just_below() -> None:
    rows = [row(account_id=str(arr), arr=arr, tier_score=None) for arr in (22_499.0, 22_500.0, 24_999.0, 25_000.0)]
    assert [n["account_id"] for n in tiers.near(rows, SERVICE, {})] == ["22500.0", "24999.0"]
    scored = [row(account_id=str(s), arr=None, tier_score=s) for s in (54.9, 55.0, 59.9, 60.0)]
    assert [n["account_id"] for n in tiers.near(scored, SERVICE, {"growth": 60.0})] == ["55.0", "59.9"]


def test_movement_counts_each_customer_once_and_its_revenue() -> None:
    def at(account: str, tier: str | None, arr: float, runs: int = 1) -> dict[str, Any]:
        return {"account_id": account, "value_tier": tier, "arr": arr, "active_subscriptions": runs}

    before = [at("up", "smb", 20_000), at("down", "enterprise", 100_000), at("gone", "smb", 6_000),
              at("left", "smb", 7_000), at("same", "smb", 8_000), at("odd", None, 0), at("never", "starter", 0, 0)]
    now = [at("up", "mid_market", 30_000), at("down", "mid_market", 90_000), at("left", "starter", 0, 0),
           at("same", "smb", 9_000), at("odd", "smb", 5_000), at("new", "smb", 5_500)]
    found = {m["kind"]: (m["accounts"], m["arr_change"]) for m in tiers.movement(now, before)}
    assert found == {"upgraded": (1, 10_000.0), "downgraded": (1, -10_000.0), "churned": (2, -13_000.0),
                     "new": (1, 5_500.0), "stayed": (1, 1_000.0), "unknown": (1, 5_000.0)}


def test_back_to_healthy_only_after_60_days_above_60() -> None:
    first = date(2026, 1, 4)

    def course(*points: tuple[int, float]) -> list[tuple[date, float]]:
        return [(first + timedelta(days=day), score) for day, score in points]

    assert at_risk_since(risk_moves(course((0, 40.0)))) is None
    assert at_risk_since(risk_moves(course((0, 39.9)))) == first
    assert at_risk_since(risk_moves(course((0, 39.9), (7, 61.0), (66, 61.0)))) == first
    assert at_risk_since(risk_moves(course((0, 39.9), (7, 61.0), (67, 61.0)))) is None
    assert at_risk_since(risk_moves(course((0, 39.9), (7, 61.0), (40, 60.0), (67, 61.0)))) == first
    assert at_risk_since(risk_moves(course((0, 39.9), (7, 61.0), (67, 61.0), (74, 50.0)))) is None


def test_moves_name_their_trigger_and_what_to_do() -> None:
    def at(account: str, tier: str | None, arr: float | None, runs: int = 1) -> dict[str, Any]:
        return {"account_id": account, "value_tier": tier, "arr": arr, "active_subscriptions": runs}

    since = date(2026, 3, 1)
    before = [at("up", "smb", 20_000), at("top", "mid_market", 90_000), at("down", "enterprise", 100_000),
              at("gone", "smb", 6_000), at("same", "smb", 8_000), at("odd", None, 0), at("hidden", "smb", 20_000)]
    now = [at("up", "mid_market", 30_000), at("top", "enterprise", 120_000), at("down", "mid_market", 90_000),
           at("gone", "smb", 6_000, 0), at("same", "smb", 9_000), at("odd", "smb", 5_000), at("new", "smb", 5_500),
           at("hidden", "mid_market", 30_000)]
    risk = {"same": [("flagged", since), ("restored", since + timedelta(days=1))],
            "new": [("flagged", since + timedelta(days=7))]}
    names = {row["account_id"]: row["account_id"].title() for row in [*before, *now] if row["account_id"] != "hidden"}
    found = migrations(now, before, risk, since, names)
    assert [(m["account_id"], m["trigger"], m["from"], m["to"], m["arr_change"], m["on"]) for m in found] == [
        ("up", "to_mid_market", "smb", "mid_market", 10_000.0, None),
        ("top", "to_enterprise", "mid_market", "enterprise", 30_000.0, None),
        ("down", "downgraded", "enterprise", "mid_market", -10_000.0, None),
        ("new", "flagged", None, "at_risk", None, "2026-03-08"),
        ("same", "restored", "at_risk", "healthy", None, "2026-03-02"),
        ("gone", "churned", "smb", None, -6_000.0, None)]
    assert all(m["when"] and m["how"] and m["action"] and m["name"] for m in found)


def test_matrix_movement_is_the_difference_of_the_two_matrices() -> None:
    def at(account: str, arr: float | None, score: float | None) -> dict[str, Any]:
        return {"account_id": account, "arr": arr, "score": score}

    before = [at("a", 30_000, 70.0), at("b", 30_000, 70.0), at("c", 1_000, 60.0), at("d", 1_000, None), at("e", 5, 5.0)]
    now = [at("a", 30_000, 59.9), at("b", 31_000, 60.0), at("c", 25_000, 60.0), at("d", 1_000, 20.0), at("f", 7, 80.0)]
    found = {(m["from"], m["to"]): (m["accounts"], m["arr"], m["account_ids"]) for m in matrix_movement(now, before)}
    assert found == {
        ("high_value_high_health", "high_value_low_health"): (1, 30_000.0, ["a"]),
        ("low_value_high_health", "high_value_high_health"): (1, 25_000.0, ["c"]),
        (None, "low_value_low_health"): (1, 1_000.0, ["d"]),
        ("low_value_low_health", "gone"): (1, 5.0, ["e"]), ("new", "low_value_high_health"): (1, 7.0, ["f"])}
    asked = {m["to"]: m["strategy"] for m in matrix_movement(now, before)}
    assert asked["high_value_low_health"] == tiers.STRATEGY[True, False]


def test_an_upgrade_takes_two_reasons_and_health() -> None:
    near = [{"account_id": name} for name in ("both", "sick", "top", "one")]
    rows = [row(account_id="both", pattern="growing"), row(account_id="sick", pattern="growing", score=59.0),
            row(account_id="top", pattern="growing", value_tier="enterprise"), row(account_id="one", pattern="plateau"),
            row(account_id="full", pattern="growing", value_tier="smb", arr=9_000.0)]
    metrics = {"full": {"seats_active_share": 0.9}, "one": {"seats_active_share": 0.89}}
    found = upgrade_candidates(rows, near, metrics)
    assert [(c["account_id"], c["reasons"]) for c in found] == [
        ("both", ["near a threshold", "use is growing"]), ("full", ["use is growing", "seats nearly full"])]


def test_accounts_an_owner_of_a_tier() -> None:
    rows = [row(), row(), row(owner="ben@x.example"), row(owner=None)]
    growth = next(r for r in tiers.by_tier(rows, SERVICE) if r["tier"] == "growth")
    assert (growth["owners"], growth["per_owner"], growth["service"]["accounts_per_csm"]) == (2, 1.5, 50)
