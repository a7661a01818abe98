"""Everything in the portfolio is a sum of rows, and what is outside is listed."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from holdfast.portfolio.document import portfolio_document
from holdfast.portfolio.groups import wilson

AS_OF = date(2026, 3, 17)
COLORS = {"thriving": "green", "healthy": "green", "neutral": "yellow", "at_risk": "red", "critical": "red"}
SCORES = {"thriving": 90.0, "healthy": 75.0, "neutral": 55.0, "at_risk": 40.0, "critical": 10.0}
META = {"company": "C", "currency": "EUR", "as_of": "2026-03-17", "before": "2026-02-15", "run": {"id": 1}}


def row(name, band="healthy", arr=100.0, **more):
    return {
        "account_id": name,
        "name": name,
        "score": SCORES.get(band),
        "band": band,
        "color": COLORS.get(band, "none"),
        "arr": arr,
        "owner": "a@x",
        "segment": "s",
        "value_tier": "t",
        "renews_on": None,
    } | more


def random_rows(seed, count=200):
    draw = random.Random(seed)
    found = []
    for i in range(count):
        if draw.random() < 0.1:
            continue
        renews = AS_OF + timedelta(days=draw.randint(-40, 500))
        found.append(
            row(
                f"{i}",
                draw.choice([*COLORS, "not_enough_data"]),
                draw.choice([None, 480.0, 1.24e6, -120.5, 1234.56]),
                owner=draw.choice(["a@x", "b@x", None]),
                renews_on=draw.choice([None, renews.isoformat()]),
                not_scored="no active subscription" if draw.random() < 0.1 else None,
            )
        )
    return found


def exact(rows):
    return sum((Decimal(str(r["arr"])) for r in rows if r["arr"] is not None), Decimal(0))


@pytest.mark.parametrize("seed", range(8))
def test_every_part_sums_to_accounts_and_revenue(seed):
    now, before = random_rows(seed), random_rows(seed + 100)
    document = portfolio_document(now, before, META)
    counted = [r for r in now if not r["not_scored"]]
    total, count = float(exact(counted)), len(counted)
    assert document["totals"]["accounts"] == count
    assert document["totals"]["arr"] == pytest.approx(total, abs=1e-6)
    for parts in (document["bands"], document["owners"], document["segments"], document["tiers"]):
        assert sum(p["accounts"] for p in parts) == count
        assert sum(p["arr"] for p in parts) == pytest.approx(total, abs=1e-6)
    for group in document["owners"]:
        assert sum(b["accounts"] for b in group["bands"]) == group["accounts"]
    plan = document["renewals"]
    pieces = [*plan["months"], plan["overdue"], plan["later"], plan["undated"]]
    assert sum(p["accounts"] for p in pieces) == count
    assert sum(p["arr"] for p in pieces) == pytest.approx(total, abs=1e-6)
    assert len(document["not_scored"]) == len(now) - count


@pytest.mark.parametrize("seed", range(8))
def test_movement_adds_up_exactly(seed):
    document = portfolio_document(random_rows(seed), random_rows(seed + 50), META)
    assert sum(m["arr"]["moved_in"] for m in document["movement"]) == pytest.approx(
        sum(m["arr"]["moved_out"] for m in document["movement"]), abs=1e-6
    )
    for moved, band in zip(document["movement"], document["bands"], strict=True):
        for flows in (moved["arr"], moved["accounts"]):
            made = (
                flows["before"]
                + flows["moved_in"]
                - flows["moved_out"]
                + flows["new"]
                - flows["lost"]
                + flows["grew"]
                - flows["shrank"]
            )
            assert made == pytest.approx(flows["now"], abs=1e-6)
        assert moved["arr"]["now"] == pytest.approx(band["arr"], abs=1e-6)
        assert moved["accounts"]["now"] == band["accounts"]


def test_each_flow_goes_where_it_belongs():
    before = [row("stays", arr=100), row("moves", arr=200), row("leaves", arr=50)]
    now = [row("stays", arr=130), row("moves", "at_risk", arr=150), row("comes", "neutral", arr=70)]
    found = {m["band"]: m["arr"] for m in portfolio_document(now, before, META)["movement"]}
    assert found["healthy"] == {
        "before": 350,
        "moved_in": 0,
        "moved_out": 200,
        "new": 0,
        "lost": 50,
        "grew": 30,
        "shrank": 0,
        "now": 130,
    }
    assert found["at_risk"] == {
        "before": 0,
        "moved_in": 200,
        "moved_out": 0,
        "new": 0,
        "lost": 0,
        "grew": 0,
        "shrank": 50,
        "now": 150,
    }
    assert found["neutral"]["new"] == 70


def test_an_account_that_is_no_longer_scored_leaves_the_totals():
    document = portfolio_document([row("a", arr=10, not_scored="churned")], [row("a", arr=10)], META)
    assert document["totals"]["arr"] == 0
    assert document["not_scored"] == [{"account_id": "a", "name": "a", "reason": "churned"}]
    assert next(m for m in document["movement"] if m["band"] == "healthy")["arr"]["lost"] == 10


def test_at_risk_revenue_counts_scores_below_the_line_only():
    rows = [row("a", "at_risk", 10, score=49.9), row("b", "neutral", 20, score=50.0), row("c", "not_enough_data", 40)]
    totals = portfolio_document(rows, None, META)["totals"]
    assert (totals["at_risk_arr"], totals["at_risk_accounts"]) == (10, 1)
    assert totals["with_score"] == 2


def test_unknown_revenue_is_counted_and_said():
    totals = portfolio_document([row("a", arr=None), row("b", arr=5)], None, META)["totals"]
    assert (totals["arr"], totals["arr_unknown"], totals["accounts"]) == (5, 1, 2)


def test_small_groups_are_marked_and_have_a_wide_interval():
    rows = [row(f"{i}", "at_risk" if i < 3 else "healthy", owner="big@x") for i in range(30)]
    rows += [row(f"s{i}", owner="small@x") for i in range(29)]
    big, small = portfolio_document(rows, None, META)["owners"]
    assert (big["name"], big["too_few"], small["too_few"]) == ("big@x", False, True)
    assert (round(big["red_low"], 4), round(big["red_high"], 4)) == (0.0346, 0.2562)
    assert small["red_low"] == 0.0
    assert small["red_high"] > 0.1


def test_the_red_share_is_of_accounts_with_a_score():
    rows = [row("a", "critical"), row("b"), row("c", "not_enough_data")]
    group = portfolio_document(rows, None, META)["owners"][0]
    assert (group["red"], group["with_score"], group["red_share"]) == (1, 2, 0.5)


def test_wilson_against_the_published_formula():
    low, high = wilson(10, 100)
    assert (round(low, 4), round(high, 4)) == (0.0552, 0.1744)
    assert wilson(5, 5)[1] == 1.0


def test_red_accounts_renewing_within_ninety_days_largest_first():
    def due(days):
        return (AS_OF + timedelta(days=days)).isoformat()

    rows = [
        row("today", "critical", 5, renews_on=due(0)),
        row("last", "at_risk", 9, renews_on=due(90)),
        row("late", "critical", 99, renews_on=due(91)),
        row("past", "critical", 99, renews_on=due(-1)),
        row("green", "healthy", 99, renews_on=due(5)),
    ]
    soon = portfolio_document(rows, None, META)["red_renewals"]
    assert [r["account_id"] for r in soon["accounts"]] == ["last", "today"]
    assert soon["red"] == {"accounts": 2, "arr": 14}
    assert soon["due"] == {"accounts": 3, "arr": 113}


def test_renewals_start_on_the_day_and_end_after_twelve_months():
    rows = [
        row("a", arr=1, renews_on="2026-03-16"),
        row("b", arr=2, renews_on="2026-03-17"),
        row("c", arr=4, renews_on="2027-02-28"),
        row("d", arr=8, renews_on="2027-03-01"),
    ]
    plan = portfolio_document(rows, None, META)["renewals"]
    assert [m["month"] for m in plan["months"]][::11] == ["2026-03-01", "2027-02-01"]
    assert (plan["overdue"]["arr"], plan["months"][0]["arr"], plan["months"][11]["arr"], plan["later"]["arr"]) == (
        1,
        2,
        4,
        8,
    )


def test_order_of_rows_does_not_matter():
    rows = random_rows(4)
    there = portfolio_document(rows, None, META) | {"accounts": None}
    back = portfolio_document(rows[::-1], None, META) | {"accounts": None}
    assert there == back


def test_rows_know_their_earlier_band():
    document = portfolio_document([row("a"), row("b")], [row("a", "critical")], META)
    assert [r["band_before"] for r in document["accounts"]] == ["critical", None]
