"""Scores worked by hand: weights, missing rules, freshness, coverage, bounds, bands, withholding."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

LINE = {"linear": {"from_": 0, "to": 1}}


def two(bench, **fields):
    return bench.card(
        {
            "usage": {"a": {"weight": 40, "score": LINE}, "b": {"weight": 20, "score": LINE}},
            "support": {"c": {"weight": 40, "score": {"linear": {"from_": 10, "to": 0}}}},
        },
        **fields,
    )


def test_the_score_is_the_weighted_sum_of_its_parts(bench):
    got = bench.score(two(bench), [{"account_id": "x", "a": 0.5, "b": 1.0, "c": 2.0}])
    assert got.one()["score"] == pytest.approx(0.4 * 50 + 0.2 * 100 + 0.4 * 80, abs=1e-12)
    assert got.one()["band"] == "healthy"
    assert (got.one()["coverage"], got.one()["low"], got.one()["high"]) == (1.0, 72.0, 72.0)
    assert [(c["component"], c["weight"], c["contribution"]) for c in got.components] == [
        ("support", 40.0, 32.0),
        ("usage", 60.0, 40.0),
    ]
    assert got.of("a")["points"] == 20.0
    assert got.adjustments == []


def test_redistribution_stays_inside_the_component(bench):
    got = bench.score(two(bench), [{"account_id": "x", "a": 0.5, "b": None, "c": 2.0}])
    assert got.of("a")["weight_effective"] == 60.0
    assert got.of("b")["weight_effective"] == 0.0
    assert got.of("b")["missing"] == "no value"
    assert got.one()["score"] == pytest.approx(0.6 * 50 + 0.4 * 80)
    assert got.one()["coverage"] == pytest.approx(0.8)
    assert (got.one()["low"], got.one()["high"]) == (pytest.approx(52.0), pytest.approx(72.0))
    assert got.adjustments == []


def test_a_component_without_any_metric_spreads_over_the_others(bench):
    got = bench.score(two(bench), [{"account_id": "x", "a": 0.5, "b": 1.0, "c": None}])
    assert [(c["component"], c["weight_effective"], c["score"]) for c in got.components] == [
        ("support", 0.0, None),
        ("usage", 100.0, pytest.approx(200 / 3)),
    ]
    assert got.one()["score"] == pytest.approx(200 / 3)


@pytest.mark.parametrize(("rule", "points"), [("neutral", 20.0), ("zero", 0.0), ("worst", 0.0)])
def test_imputed_points_are_one_adjustment(bench, rule, points):
    got = bench.score(two(bench, missing=rule), [{"account_id": "x", "a": 0.5, "b": 1.0, "c": None}])
    assert got.of("c")["points"] == 0.0
    assert got.of("c")["weight_effective"] == 40.0
    assert [(a["kind"], a["amount"]) for a in got.adjustments] == [("missing", points)]
    assert got.one()["score"] == pytest.approx(40.0 + points)


def test_worst_is_the_scorers_worst_end_and_high_is_bad_on_the_dial_risk(bench):
    steps = {"thresholds": {0: 20, 5: 90}}
    parts = {"all": {"a": {"weight": 50, "score": LINE}, "b": {"weight": 50, "score": steps, "missing": "worst"}}}
    row = [{"account_id": "x", "a": 1.0, "b": None}]
    assert bench.score(bench.card(parts), row).one()["score"] == pytest.approx(60.0)
    assert bench.score(bench.card(parts, dial="risk"), row).one()["score"] == pytest.approx(95.0)


def test_the_rule_of_a_metric_wins_over_the_scorecards(bench):
    parts = {
        "all": {
            "a": {"weight": 50, "score": LINE},
            "b": {"weight": 25, "score": LINE, "missing": "neutral"},
            "c": {"weight": 25, "score": LINE},
        }
    }
    got = bench.score(bench.card(parts), [{"account_id": "x", "a": 1.0, "b": None, "c": None}])
    assert got.of("a")["weight_effective"] == pytest.approx(100 * 50 / 75)
    assert got.of("b")["weight_effective"] == pytest.approx(100 * 25 / 75)
    assert got.one()["score"] == pytest.approx(100 * 50 / 75 + 50 * 25 / 75)


def test_silence_under_a_fresh_source_counts_and_under_a_stale_one_does_not(bench):
    parts = {"all": {"a": {"weight": 50, "score": LINE, "max_age": "14d"}, "b": {"weight": 50, "score": LINE}}}
    card, row = bench.card(parts), [{"account_id": "x", "a": 0.0, "b": 1.0}]
    fresh = bench.score(card, row, covered={"event": bench.day - timedelta(14)})
    assert (fresh.one()["score"], fresh.one()["coverage"]) == (50.0, 1.0)
    stale = bench.score(card, row, covered={"event": bench.day - timedelta(15)})
    assert (stale.one()["score"], stale.one()["coverage"]) == (100.0, 0.5)
    assert stale.of("a")["missing"] == "older than 14d"
    assert stale.of("a")["measured_on"] == bench.day - timedelta(15)


def test_the_age_of_a_latest_value_is_that_of_its_row(bench):
    nps = bench.metric("nps", record="survey_response", latest={"of": "score"}, window=None)
    parts = {
        "all": {
            "nps": {"weight": 50, "score": {"linear": {"from_": 0, "to": 10}}, "max_age": "90d"},
            "a": {"weight": 50, "score": LINE},
        }
    }
    row = {"account_id": "x", "nps": 10.0, "a": 0.0}
    covered = {"event": bench.day, "survey_response": bench.day}
    for age, score in ((90, 50.0), (91, 0.0)):
        got = bench.score(bench.card(parts), [{**row, "nps__on": bench.day - timedelta(age)}], [nps], covered)
        assert got.one()["score"] == score


def test_a_derived_metric_is_as_old_as_its_oldest_part(bench):
    parts = {"all": {"r": {"weight": 100, "score": LINE, "max_age": "7d"}}}
    metrics = [
        bench.metric("r", ratio={"of": "t", "to": "s"}, count=None, record=None, window=None),
        bench.metric("t", record="ticket"),
        bench.metric("s", record="subscription"),
    ]
    covered = {"ticket": bench.day, "subscription": bench.day - timedelta(8)}
    got = bench.score(bench.card(parts), [{"account_id": "x", "r": 0.5, "t": 1.0, "s": 2.0}], metrics, covered)
    assert got.one()["score"] is None
    assert got.of("r")["measured_on"] == bench.day - timedelta(8)


def test_under_the_floor_nothing_stands_in_for_the_score(bench):
    got = bench.score(two(bench), [{"account_id": "x", "a": None, "b": 1.0, "c": None}])
    row = got.one()
    assert (row["score"], row["band"], row["withheld"]) == (None, "not_enough_data", True)
    assert row["coverage"] == pytest.approx(0.2)
    assert (row["low"], row["high"]) == (pytest.approx(20.0), pytest.approx(100.0))
    assert {c["contribution"] for c in got.components} == {None}
    assert {p["points"] for p in got.points} == {None}


def test_at_the_floor_the_score_is_shown(bench):
    parts = {"all": {n: {"weight": 10, "score": LINE} for n in "abcdefghij"}}
    row = {"account_id": "x", **{n: 1.0 if n < "f" else None for n in "abcdefghij"}}
    assert bench.score(bench.card(parts), [row]).one()["score"] == pytest.approx(100.0)


def test_accounts_that_are_not_scored_are_rows_without_a_score(bench):
    got = bench.score(
        two(bench),
        [
            {"account_id": "x", "a": 1.0, "b": 1.0, "c": 0.0},
            {
                "account_id": "y",
                "a": 1.0,
                "b": 1.0,
                "c": 0.0,
                "scored": False,
                "not_scored": "no active subscription",
            },
        ],
    )
    assert [(r["account_id"], r["score"], r["band"], r["reason"]) for r in got.scores] == [
        ("x", 100.0, "thriving", None),
        ("y", None, "not_enough_data", "no active subscription"),
    ]
    assert {p["account_id"] for p in got.points} == {"x"}


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (0.85, "thriving"),
        (0.8499, "healthy"),
        (0.70, "healthy"),
        (0.5, "neutral"),
        (0.3, "at_risk"),
        (0.2999, "critical"),
        (0, "critical"),
    ],
)
def test_bands_begin_at_their_edge(bench, value, band):
    card = bench.card({"all": {"a": {"weight": 100, "score": LINE}}})
    assert bench.score(card, [{"account_id": "x", "a": value}]).one()["band"] == band


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_what_is_not_a_number_is_missing(bench, value):
    got = bench.score(two(bench), [{"account_id": "x", "a": value, "b": value, "c": value}])
    assert got.one()["score"] is None
    assert got.one()["reason"] == "no input has data"


def test_no_accounts_give_empty_tables(bench):
    got = bench.score(two(bench), [{"account_id": "x", "a": 1.0, "b": 1.0, "c": 1.0, "as_of": date(2026, 1, 1)}])
    assert len(got.scores) == 1
    frame, values = bench.tables([{"account_id": "x", "a": 1.0, "b": 1.0, "c": 1.0}], {"event": bench.day})
    from holdfast.scoring.score import score

    empty = score(
        frame.filter(frame.account_id == "nobody"),
        values,
        [two(bench)],
        metric_definitions={n: bench.metric(n) for n in "abc"},
    )
    assert empty.scores.to_pyarrow().num_rows == 0
    assert empty.points.to_pyarrow().num_rows == 0
