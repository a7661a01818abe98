"""Proof of value, tier shares and strategies, each against sums written by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.portfolio.test_document import META, exact, random_rows, row

from holdfast.definitions.load import builtin
from holdfast.portfolio.document import portfolio_document
from holdfast.portfolio.proof import proof

TIERS = ("enterprise", "mid_market", "smb", "starter", None)
STATES = ("covers_price", "below_price", "no_amount", "estimate", "none", "unknown")


def test_each_state_of_proof() -> None:
    held = {"value_confirmed_share": 1.0, "value_yearly_confirmed": 100.0}
    assert proof({**held, "value_price_ratio": 1.0}, True) == "covers_price"
    assert proof({**held, "value_price_ratio": 0.999}, True) == "below_price"
    assert proof({**held, "value_price_ratio": None}, True) == "no_amount"
    assert proof({**held, "value_yearly_confirmed": 0.0, "value_price_ratio": 0.0}, True) == "no_amount"
    assert proof({"value_confirmed_share": 0.0, "value_yearly_confirmed": 0.0}, True) == "estimate"
    assert proof({"value_confirmed_share": None}, True) == "none"
    assert proof({**held, "value_price_ratio": 2.0}, False) == "unknown"


@pytest.mark.parametrize("seed", range(4))
def test_matrices_and_shares_sum_to_the_totals(seed: int) -> None:
    rows = [
        {**r, "value_tier": TIERS[i % 5], "proof": STATES[i % 6]} for i, r in enumerate(random_rows(seed))
    ]
    document = portfolio_document(rows, None, META | {"service": builtin().service})
    counted = [r for r in rows if not r["not_scored"]]
    for band in {r["band"] for r in counted}:
        for key in ("proof", "tiers", "owners", "segments"):
            cells = [e for g in document[key] for e in g["bands"] if e["band"] == band]
            mine = [r for r in counted if r["band"] == band]
            assert sum(e["accounts"] for e in cells) == len(mine)
            assert sum(Decimal(str(e["arr"])) for e in cells) == exact(mine)
    assert [g["key"] for g in document["tiers"]] == list(TIERS)
    assert [g["key"] for g in document["proof"]] == list(STATES)
    for part in (document["tier_shares"], document["strategies"]):
        assert sum(e["accounts"] for e in part) == len(counted)
        assert sum(e["arr"] for e in part) == pytest.approx(float(exact(counted)), abs=1e-6)


def test_a_share_outside_its_range_says_by_how_much() -> None:
    rows = [row("a", value_tier="enterprise", arr=900.0), *(row(f"s{i}", value_tier="smb", arr=10.0) for i in range(9)),
            row("m", value_tier="mid_market", arr=10.0)]
    found = portfolio_document(rows, None, META | {"service": builtin().service})["tier_shares"]
    by_tier = {one["tier"]: one for one in found}
    assert list(by_tier) == ["enterprise", "mid_market", "smb", "starter"]
    assert by_tier["enterprise"]["customers"] == {"share": 1 / 11, "expected": [0.05, 0.1], "apart": 0.0}
    assert by_tier["enterprise"]["revenue"]["apart"] == pytest.approx(0.9 - 0.5)
    assert by_tier["smb"]["customers"]["apart"] == pytest.approx(9 / 11 - 0.4)
    assert by_tier["smb"]["revenue"]["apart"] == pytest.approx(0.09 - 0.15)
    assert by_tier["starter"]["customers"] == {"share": 0.0, "expected": [0.3, 0.4], "apart": -0.3}
    none = portfolio_document(rows, None, META)["tier_shares"]
    assert {one["revenue"]["apart"] for one in none} == {None}


def test_two_owners_of_one_name_stay_two() -> None:
    rows = [row("a", owner="x@a", owner_name="Kim Lee"), row("b", owner="y@a", owner_name="Kim Lee")]
    owners = portfolio_document(rows, None, META)["owners"]
    assert [(o["key"], o["name"], o["accounts"]) for o in owners] == [("x@a", "Kim Lee", 1), ("y@a", "Kim Lee", 1)]


def test_a_portfolio_of_nothing_has_no_share() -> None:
    document = portfolio_document([], None, META | {"service": builtin().service, "as_of": date(2026, 3, 17)})
    assert document["proof"] == []
    assert {one["customers"]["share"] for one in document["tier_shares"]} == {None}
