"""The printed explanation and the printed change make their printed totals."""

import copy
import math
import random

import pytest

from holdfast.reports.change_view import change_view
from holdfast.reports.explanation import explanation


def value(words):
    return float(words.replace("−", "-").replace(",", "").replace("±", "").replace("+", ""))


def shaken(documents, seed):
    """The sample with other points everywhere; score and contributions follow."""
    draw, document = random.Random(seed), documents.account()
    for part in document["components"]:
        for metric in part["metrics"]:
            metric["points"] = metric["weight_effective"] * draw.random()
        part["contribution"] = math.fsum(metric["points"] for metric in part["metrics"])
    document["adjustments"] = [
        {"kind": "missing", "amount": draw.uniform(0, 3), "why": "neutral"},
        {"kind": "cap", "amount": -draw.uniform(0, 9), "why": "no champion"},
    ]
    document["score"] = math.fsum(
        [*(p["contribution"] for p in document["components"]), *(a["amount"] for a in document["adjustments"])]
    )
    return document


@pytest.mark.parametrize("seed", range(40))
def test_printed_points_make_components_and_components_make_the_score(documents, seed):
    document = shaken(documents, seed)
    shown = explanation(document)
    parts = [value(line.points) for line in shown.components] + [value(entry.amount) for entry in shown.adjustments]
    assert round(math.fsum(parts), 6) == value(shown.total) == round(document["score"], 1)
    for line in shown.components:
        assert round(math.fsum(value(metric.points) for metric in line.metrics), 6) == value(line.points)
    assert round(math.fsum(value(line.of) for line in shown.components), 6) == value(shown.of) == 100
    for line in shown.components:
        assert round(value(line.points) + value(line.costs), 6) == value(line.of)


def test_cost_of_adjustments_completes_the_sum(documents):
    shown = explanation(documents.capped())
    assert [entry.costs for entry in shown.adjustments] == ["costs 8.0"]
    costs = math.fsum(value(line.costs) for line in shown.components) + 8.0
    assert round(costs, 6) == value(shown.costs) == 70.0


def test_withheld_score_has_no_points_anywhere(documents):
    shown = explanation(documents.withheld())
    assert not shown.scored
    assert shown.total == "–"
    assert all(line.earned is None and line.points == "–" for line in shown.components)
    assert all(metric.points == "–" for line in shown.components for metric in line.metrics)
    assert shown.missing_head == "69 of 100 weight has no data."


def test_missing_input_says_why_and_where_its_weight_went(documents):
    shown = explanation(documents.account())
    metric = shown.components[1].metrics[-1]
    assert (metric.now, metric.missing, metric.spread, metric.score) == (
        "unknown",
        "never known",
        "weight 3 spread",
        "–",
    )
    assert shown.missing == ("Budget holder, days since contact: never known, weight 3",)
    assert shown.missing_effect == "With all inputs known the score lies between 35.6 and 43.6."


def test_values_carry_their_units(documents):
    now = [metric.now for line in explanation(documents.account()).components for metric in line.metrics]
    assert now[:6] == ["16%", "80%", "−36%", "no", "47 d", "38%"]
    assert now[-2:] == ["0.6", "−4 seats"]


def test_limits_say_whether_they_bind(documents):
    assert explanation(documents.account()).limits == (
        "Cap 49, nobody carries us inside, since 8 Mar, expires 6 Jun: does not bind at 38.0.",
    )
    assert explanation(documents.capped()).limits[0].endswith("holds the score.")
    free = documents.account()
    free["limits"][0] |= {"holds": False, "held_since": None, "expires_on": None}
    assert explanation(free).limits == ("Cap 49, nobody carries us inside: does not hold now.",)


def test_change_starts_and_ends_at_the_printed_scores(documents):
    view = change_view(documents.account())
    start, parts, end = view.waterfall.shown()
    assert (start, end) == (72.7, 38.0)
    assert round(start + math.fsum(parts), 6) == end
    assert round(view.delta, 6) == -34.7
    assert view.quiet == ("reference", "segment")
    assert [step.behaviour for step in view.waterfall.steps] == [True] * 5 + [False] * 3


def test_behaviour_is_told_by_component_from_its_metrics(documents):
    document = copy.deepcopy(documents.account())
    document["change"] = {
        "from": "2026-02-15",
        "to": "2026-03-17",
        "from_score": 48.0,
        "to_score": 38.0,
        "delta": -10.0,
        "notice": None,
        "parts": [
            {
                "cause": "behaviour",
                "amount": -10.0,
                "items": [
                    {"metric": "stickiness", "label": "Stickiness", "amount": -6.0, "text": "Stickiness: 31% to 16%"},
                    {
                        "metric": "core_adoption",
                        "label": "Core adoption",
                        "amount": 1.0,
                        "text": "Core adoption: 70% to 80%",
                    },
                    {"metric": None, "label": "cap", "amount": -5.0, "text": "cap 49"},
                ],
            }
        ],
    }
    view = change_view(document)
    assert [(step.label, step.amount) for step in view.waterfall.steps] == [
        ("Limits and missing", -5.0),
        ("Product use", -5.0),
    ]
    assert view.lines[0] == ("Behaviour", "Stickiness: 31% to 16%", -6.0)
    assert view.waterfall.shown()[0] == 48.0


def test_many_components_are_merged_and_none_is_lost(documents):
    document = documents.account()
    items = [{"component": f"c{k}", "amount": -1.5} for k in range(20)]
    document["change"] = {
        "from": "2026-02-15",
        "to": "2026-03-17",
        "delta": -30.0,
        "parts": [{"cause": "behaviour", "amount": -30.0, "items": items}],
    }
    steps = change_view(document).waterfall.steps
    assert len(steps) == 9
    assert math.fsum(step.amount for step in steps) == pytest.approx(-30)


def test_items_that_do_not_make_the_part_are_not_shown_as_its_parts(documents):
    document = documents.account()
    document["change"] = {
        "from": "2026-02-15",
        "to": "2026-03-17",
        "delta": -3.0,
        "parts": [{"cause": "behaviour", "amount": -3.0, "items": [{"component": "usage", "amount": -1.0}]}],
    }
    assert [(s.label, s.amount) for s in change_view(document).waterfall.steps] == [("Behaviour", -3.0)]


def test_no_change_without_a_score_on_both_days(documents):
    assert change_view(documents.withheld()) is None
    gone = documents.account() | {"change": {"from": "2026-02-15", "to": "2026-03-17", "delta": None, "parts": []}}
    assert change_view(gone) is None
