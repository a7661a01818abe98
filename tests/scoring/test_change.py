"""The exact change: one cause at a time moves one part; all parts add up."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pyarrow as pa
import pytest

from holdfast.scoring.change import CAUSES, Ends, change
from holdfast.scoring.model import Model
from holdfast.scoring.reference import References, Yardsticks
from holdfast.scoring.states import State

D1, D2 = date(2026, 2, 1), date(2026, 3, 1)
LINE = {"linear": {"from_": 0, "to": 1}}
METRICS = ("a", "b", "c", "typed", "events")


def cards(bench, weight=30, cap=49):
    parts = {
        "usage": {
            "a": {"weight": weight, "score": LINE, "max_age": "14d"},
            "b": {"weight": 50 - weight, "score": LINE, "max_age": "14d"},
        },
        "rest": {
            "c": {"weight": 15, "score": LINE},
            "typed": {"weight": 15, "score": LINE},
            "events": {"weight": 20, "score": {"exponential": {"k": 3}}},
        },
    }
    limits = [{"cap": cap, "when": "typed < 0.2", "why": "said so", "expires": "30d"}]
    big = bench.card(
        parts, scorecard="big", limits=limits, reference={"on": D1}, applies={"priority": 1, "when": "segment = 'big'"}
    )
    small = bench.card(
        {"all": {"a": {"weight": 70, "score": LINE}, "c": {"weight": 30, "score": LINE}}}, scorecard="small"
    )
    return [big, small]


def definitions(bench):
    return {n: bench.metric(n, manual=n == "typed") for n in METRICS}


def state(day, segment="big", age=1, since=None, **values):
    given = {"a": 0.5, "b": 0.5, "c": 0.5, "typed": 0.5, "events": 50.0, **values}
    return State(
        as_of=day,
        traits={"segment": segment, "scored": True, "not_scored": None},
        kinds={"segment": pa.string(), "scored": pa.bool_(), "not_scored": pa.string()},
        values=given,
        measured={n: day - timedelta(age) for n in given},
        covered={"event": day},
        since=since or {},
    )


def model(bench, p90=100.0, **fields):
    return Model(cards(bench, **fields), References({("big", "events"): Yardsticks(p90=p90)}), definitions(bench))


def parts(found):
    return {p["cause"]: p["amount"] for p in found["parts"]}


def base(bench):
    return Ends(state(D1), state(D1), state(D2), model(bench), model(bench))


ONLY = {
    "model": lambda e, b: replace(
        e, after_model=model(b, weight=10), believed=state(D1, a=0.9), known=state(D1, a=0.9), after=state(D2, a=0.9)
    ),
    "reference": lambda e, b: replace(e, after_model=model(b, p90=400.0)),
    "segment": lambda e, b: replace(
        e, after=state(D2, segment="small", a=0.5, b=0.9), believed=state(D1, b=0.9), known=state(D1, b=0.9)
    ),
    "data": lambda e, b: replace(e, believed=state(D1, a=0.2)),
    "manual": lambda e, b: replace(e, after=state(D2, typed=0.9)),
    "behaviour": lambda e, b: replace(e, after=state(D2, a=0.1, events=80.0)),
}


def test_nothing_changed(bench):
    found = change(base(bench))
    assert found["delta"] == 0.0
    assert parts(found) == dict.fromkeys(CAUSES, 0.0)


@pytest.mark.parametrize("cause", CAUSES)
def test_one_cause_moves_its_own_part_and_no_other(bench, cause):
    found = change(ONLY[cause](base(bench), bench))
    others = {c: v for c, v in parts(found).items() if c != cause}
    assert set(others.values()) == {0.0}
    assert abs(parts(found)[cause]) > 0.5
    assert found["delta"] == pytest.approx(parts(found)[cause], abs=1e-9)


def test_a_metric_defined_anew_is_a_change_of_the_model(bench):
    ends = replace(base(bench), restated=state(D1, a=0.9), known=state(D1, a=0.9), after=state(D2, a=0.9))
    found = change(ends)
    assert parts(found)["model"] == pytest.approx(found["delta"])
    assert found["delta"] == pytest.approx(30 * 0.4)


def test_data_that_are_gone_or_stale_on_one_day_are_the_data_part(bench):
    ends = base(bench)
    for gone in (state(D2, a=None), replace(state(D2), measured={**state(D2).measured, "a": D2 - timedelta(15)})):
        found = change(replace(ends, believed=state(D1, a=0.0), known=state(D1, a=0.0), after=gone))
        assert parts(found)["data"] == pytest.approx(found["delta"])
        assert found["delta"] > 0
        assert found["notice"]["text"].startswith("+15.0 only as data are gone: a")


def test_better_behaviour_is_not_blamed_on_data(bench):
    ends = replace(base(bench), believed=state(D1, a=0.0), known=state(D1, a=0.0), after=state(D2, a=None, b=1.0))
    found = change(ends)
    assert found["delta"] > 0
    assert found["notice"] is None


def test_the_end_of_a_limit_is_a_manual_part(bench):
    high = dict.fromkeys(("a", "b", "c"), 1.0)
    key = ("big", 0)
    ends = replace(
        base(bench),
        believed=state(D1, typed=0.1, since={key: D1 - timedelta(5)}, **high),
        known=state(D1, typed=0.1, since={key: D1 - timedelta(5)}, **high),
        after=state(D2, typed=0.1, since={key: D1 - timedelta(5)}, **high),
    )
    found = change(ends)
    assert found["from_score"] == pytest.approx(49.0)
    assert parts(found)["manual"] == pytest.approx(found["delta"])
    assert found["delta"] > 20


def test_a_withheld_end_has_no_delta(bench):
    nothing = dict.fromkeys(METRICS)
    found = change(replace(base(bench), after=state(D2, **nothing)))
    assert (found["delta"], found["parts"], found["to_score"]) == (None, [], None)


@pytest.mark.parametrize("seed", range(4))
def test_parts_and_items_add_up_on_random_data(bench, seed):
    chance = random.Random(seed)

    def draw(day):
        values = {n: chance.choice([None, chance.random(), chance.random()]) for n in METRICS}
        found = state(day, chance.choice(["big", "small", "big"]), **{**values, "c": chance.random()})
        ages = {n: day - timedelta(chance.choice([0, 3, 13, 14, 15])) for n in METRICS}
        return replace(found, measured=ages)

    ends = Ends(draw(D1), draw(D1), draw(D2), model(bench, 100.0), model(bench, 250.0, weight=20, cap=40))
    for side in ("before_model", "after_model"):
        known = getattr(ends, side)
        free = [c.model_copy(update={"withhold_below_coverage": 0.1}) for c in known.scorecards]
        ends = replace(ends, **{side: replace(known, scorecards=free)})
    found = change(ends)
    assert found["delta"] is not None
    assert sum(parts(found).values()) == pytest.approx(found["delta"], abs=1e-9)
    assert found["to_score"] - found["from_score"] == pytest.approx(found["delta"], abs=1e-9)
    for part in found["parts"]:
        assert sum(i["amount"] for i in part["items"]) == pytest.approx(part["amount"], abs=1e-9)
