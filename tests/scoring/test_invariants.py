"""What holds for any data: sums, order, and bounds around every completion of what is missing."""

from __future__ import annotations

from itertools import pairwise

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.definitions.scorer import Scorer
from holdfast.scoring.rounding import largest_remainder
from holdfast.scoring.scorers.points import Yardstick, points

NAMES = ("a", "b", "c", "d", "e")
LINE = {"linear": {"from_": 0, "to": 1}}
LIMITS = [{"cap": 55, "when": "b < 0.3 and d < 0.5", "why": "low"}, {"floor": 20, "when": "e > 0.7", "why": "high"}]
value = st.one_of(st.none(), st.floats(-0.5, 1.5, allow_nan=False))
rows = st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, value)), min_size=30, max_size=40)
FEW = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))


def card(bench, rule):
    weighed = {"a": 20, "b": 15, "c": 25, "d": 10, "e": 30}
    metric = {n: {"weight": w, "score": LINE} for n, w in weighed.items()}
    metric["c"]["missing"] = "neutral"
    metric["e"]["score"] = {"thresholds": {0: 10, 0.5: 60, 0.9: 95}}
    parts = {"one": {n: metric[n] for n in "abc"}, "two": {n: metric[n] for n in "de"}}
    return bench.card(parts, limits=LIMITS, missing=rule, withhold_below_coverage=0.0)


def scored(bench, rule, drawn):
    named = [{"account_id": f"{i:03}", **row} for i, row in enumerate(drawn)]
    return bench.score(card(bench, rule), named)


@pytest.mark.parametrize("rule", ["redistribute", "neutral", "zero", "worst"])
@FEW
@given(drawn=rows)
def test_parts_add_up_to_the_score(bench, rule, drawn):
    got = scored(bench, rule, drawn)
    for row in got.scores:
        if row["score"] is None:
            continue
        mine = [
            [r for r in t if r["account_id"] == row["account_id"]]
            for t in (got.components, got.points, got.adjustments)
        ]
        contributions = sum(c["contribution"] for c in mine[0])
        assert row["score"] == pytest.approx(contributions + sum(a["amount"] for a in mine[2]), abs=1e-9)
        assert 0 <= row["score"] <= 100
        assert sum(c["weight_effective"] for c in mine[0]) == pytest.approx(100.0)
        for part in mine[0]:
            inside = [p for p in mine[1] if p["component"] == part["component"]]
            assert part["contribution"] == pytest.approx(sum(p["points"] for p in inside), abs=1e-9)
            assert part["weight_effective"] == pytest.approx(sum(p["weight_effective"] for p in inside), abs=1e-9)
        present = sum(p["weight"] for p in mine[1] if p["missing"] is None)
        assert row["coverage"] == pytest.approx(present / 100)


@pytest.mark.parametrize("rule", ["redistribute", "worst"])
@FEW
@given(drawn=rows, fill=st.lists(st.floats(-0.5, 1.5, allow_nan=False), min_size=5, max_size=5))
def test_bounds_hold_under_any_completion(bench, rule, drawn, fill):
    whole = [{n: f if row[n] is None else row[n] for n, f in zip(NAMES, fill, strict=True)} for row in drawn]
    half = [
        {n: row[n] if row[n] is not None or n in "ce" else w[n] for n in NAMES}
        for row, w in zip(drawn, whole, strict=True)
    ]
    scores = scored(bench, rule, [*drawn, *whole, *half]).scores
    start, *completed = (scores[i : i + len(drawn)] for i in range(0, len(scores), len(drawn)))
    for later in (*completed, start):
        for before, after in zip(start, later, strict=True):
            if after["score"] is not None:
                assert before["low"] - 1e-9 <= after["score"] <= before["high"] + 1e-9
            assert after["high"] - after["low"] <= before["high"] - before["low"] + 1e-9


SCORERS = [
    Scorer.model_validate({"linear": {"from_": 0, "to": 4}}),
    Scorer.model_validate({"thresholds": {0: 0, 1: 30, 2: 80}}),
    Scorer.model_validate({"exponential": {"k": 3}}),
    Scorer.model_validate({"percentile": {}}),
    Scorer.model_validate({"trend_adjusted": {"base": {"linear": {"from_": 0, "to": 4}}, "trend": "t"}}),
]


@pytest.mark.parametrize("scorer", SCORERS, ids=lambda s: s.kind)
@FEW
@given(values=st.lists(st.floats(-10, 10, allow_nan=False), min_size=20, max_size=40))
def test_more_never_scores_less(scorer, values):
    table = ibis.memtable({"v": sorted(values)})
    stick = Yardstick(column=lambda _: ibis.literal(0.25), p90=3.0, peers={"": [0.0, 1.0, 1.0, 2.0, 5.0]})
    got = table.select("v", s=points(table.v, scorer, stick)).order_by("v").to_pyarrow()["s"].to_pylist()
    assert all(x <= y + 1e-9 for x, y in pairwise(got))
    assert all(0 <= x <= 100 for x in got)


@given(parts=st.lists(st.floats(-50, 50), min_size=1, max_size=12), digits=st.sampled_from([0, 1]))
def test_rounded_parts_add_up_to_the_rounded_sum(parts, digits):
    shown = largest_remainder(parts, digits)
    step = 10.0**-digits
    assert sum(shown) == pytest.approx(sum(parts), abs=step / 2 + 1e-6)
    assert all(abs(s - p) <= step + 1e-6 for s, p in zip(shown, parts, strict=True))
    assert all(s / step == pytest.approx(round(s / step), abs=1e-6) for s in shown)
