"""The scorecards that ship: weights, reasons, no finding, and reference values worked by hand."""

from __future__ import annotations

import pytest

from holdfast.definitions.load import builtin

MODELS = {  # usage, engagement, growth, support, financial
    "self_serve": (45, 15, 20, 15, 5),
    "enterprise": (30, 30, 15, 15, 10),
    "usage_based": (50, 15, 20, 10, 5),
    "high_touch": (20, 40, 15, 20, 5),
}


@pytest.fixture(scope="module")
def library():
    return builtin().library


def test_every_weight_adds_up_and_has_a_reason(library):
    assert len(library) >= 23
    for card in library.values():
        assert sum(c.weight for c in card.components.values()) == pytest.approx(100), card.scorecard
        assert card.reviewed is not None
        assert card.reason
        for component in card.components.values():
            assert component.reason, (card.scorecard, component)
            assert sum(m.weight for m in component.metrics.values()) == pytest.approx(component.weight), card.scorecard
            assert all(m.reason for m in component.metrics.values()), card.scorecard
        assert min(card.bands.values()) == 0


def test_no_finding_is_raised_against_them():
    assert [f for f in builtin().findings if "scorecards/" in str(f.place) and not f.accepted] == []


@pytest.mark.parametrize("name", MODELS)
def test_business_models_keep_their_shares(library, name):
    card = library[name]
    assert card.extends == "balanced"
    shares = tuple(card.components[c].weight for c in ("usage", "engagement", "growth", "support", "financial"))
    assert shares == MODELS[name]


def test_the_composite_has_four_components(library):
    parts = {
        n: [m.weight for m in c.metrics.values()] for n, c in library["composite_enterprise_v2"].components.items()
    }
    assert parts == {"usage": [10, 10, 10, 5], "engagement": [10, 8, 7], "growth": [8, 7, 5], "support": [8, 7, 5]}


def test_the_default_keeps_money_small_and_use_in_range(library):
    parts = {n: c.weight for n, c in library["balanced"].components.items()}
    assert len(parts) == 5
    assert 30 <= parts["usage"] <= 35
    assert parts["financial"] <= 10


def test_the_tier_example_is_what_its_parts_give(bench, library):
    row = {
        "account_id": "techcorp",
        "tier_arr_percentile": 0.68,
        "tier_contract_months": 24.0,
        "tier_payment_reliability": 1.0,
        "tier_growth_12m": 0.25,
        "tier_seat_capacity": 0.6,
        "tier_product_fit": 0.8,
        "pulse_brand": 60.0,
        "pulse_reference": 75.0,
        "pulse_influence": 70.0,
    }
    metrics = [m.model_copy(update={"record": None}) for n, m in builtin().metrics.items() if n in row]
    card = library["tier"]
    free = {
        k: p.model_copy(update={"metrics": {n: m.model_copy(update={"max_age": None}) for n, m in p.metrics.items()}})
        for k, p in card.components.items()
    }
    got = bench.score(card.model_copy(update={"components": free}), [row], metrics)
    assert {c["component"]: round(c["score"], 6) for c in got.components} == {
        "value": 79.0,
        "potential": 82.5,
        "strategic": 68.25,
    }
    assert got.one()["score"] == pytest.approx(77.5375)
    assert got.one()["band"] == "growth"


def test_the_data_dial_counts_what_is_there_and_is_never_withheld(bench, library):
    card = library["data"]
    names = [n for c in card.components.values() for n in c.metrics]
    metrics = [bench.metric(n) for n in names]
    row = {"account_id": "x", **{n: 3.0 if n in ("mau", "term_months") else None for n in names}}
    got = bench.score(card, [row], metrics)
    assert (got.one()["score"], got.one()["band"]) == (pytest.approx(32.0), "patchy")


def test_every_metric_that_a_scorecard_weighs_exists(library):
    known = builtin().metrics
    for card in library.values():
        assert {n for c in card.components.values() for n in c.metrics} <= set(known)


RISK = {  # metric: (value of a calm account, value of one about to leave, weight)
    "risk": {
        "usage_decline_effect": (0.1, -0.7, 14), "usage_silent_weeks": (0, 5, 8), "features_against_peak": (0, -0.8, 8),
        "has_champion": (1, 0, 8), "sponsor_silence_days": (5, 200, 6), "multi_threading": (6, 0, 6),
        "days_since_two_way_contact": (3, 120, 6), "nps_latest": (10, 2, 8), "ticket_sentiment_90d": (0.5, -0.6, 6),
        "escalations_per_month": (0, 3, 6), "value_price_ratio": (3, 0.2, 7), "value_answer": (3, 1, 5),
        "paid_on_time_share_12m": (1, 0.2, 4), "overdue_amount": (0, 5000, 3), "competitor_signals_90d": (0, 4, 5),
    },
    "leading_risk": {
        "usage_decline_effect": (0.1, -0.7, 14), "slow_decline_score": (0, 9, 8), "features_against_peak": (0, -0.8, 8),
        "power_users_idle_days": (1, 60, 8), "meetings_cancelled_in_a_row": (0, 4, 9),
        "sponsor_silence_days": (5, 200, 9), "reply_rate_90d": (0.9, 0, 9),
        "champion_idle_days": (2, 90, 9), "ticket_sentiment_change": (0.1, -0.9, 14),
        "competitor_signals_90d": (0, 4, 7), "job_changes_seen_90d": (0, 3, 5),
    },
}


@pytest.mark.parametrize("name", RISK)
def test_risk_runs_from_none_to_all_and_each_metric_adds_its_weight(bench, library, name):
    card, values = library[name], RISK[name]
    assert {n for c in card.components.values() for n in c.metrics} == set(values)
    free = {
        k: p.model_copy(update={"metrics": {n: m.model_copy(update={"max_age": None}) for n, m in p.metrics.items()}})
        for k, p in card.components.items()
    }
    card = card.model_copy(update={"components": free, "limits": ()})
    calm = {n: float(v[0]) for n, v in values.items()}
    rows = [{"account_id": n, **calm, n: float(v[1])} for n, v in values.items()]
    rows += [{"account_id": "calm", **calm}, {"account_id": "leaving", **{n: float(v[1]) for n, v in values.items()}}]
    got = {r["account_id"]: r for r in bench.score(card, rows, [bench.metric(n) for n in values]).scores}
    assert (got["calm"]["score"], got["calm"]["band"]) == (pytest.approx(0), "minimal")
    assert (got["leaving"]["score"], got["leaving"]["band"]) == (pytest.approx(100), "critical")
    for metric, (_, _, weight) in values.items():
        assert got[metric]["score"] == pytest.approx(weight), metric
