"""Which scorecard applies, and the references that are frozen on a day."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from holdfast.lake import duckdb_engine
from holdfast.scoring.choose import by_dial, overlapping, why
from holdfast.scoring.reference import References, Yardsticks, references

LINE = {"linear": {"from_": 0, "to": 1}}


def named(bench, name, priority=0, when=None, **fields):
    return bench.card(
        {"all": {"a": {"weight": 100, "score": LINE}}},
        scorecard=name,
        applies={"priority": priority, "when": when},
        **fields,
    )


def test_the_highest_priority_that_holds_wins(bench):
    cards = [named(bench, "base"), named(bench, "big", 10, "segment = 'big'"), named(bench, "new", 20, "tenure < 90")]
    rows = [
        {"account_id": "x", "a": 1.0, "segment": "big", "tenure": 10},
        {"account_id": "y", "a": 1.0, "segment": "big", "tenure": None},
        {"account_id": "z", "a": 1.0, "segment": "small", "tenure": 90},
    ]
    got = bench.score(cards, rows, frame=["segment", "tenure"])
    assert [(r["account_id"], r["scorecard"]) for r in got.scores] == [("x", "new"), ("y", "big"), ("z", "base")]
    assert why(cards[2], cards) == "tenure < 90 (priority 20)"
    assert "big" in why(cards[0], cards)


def test_equal_priorities_are_settled_by_name(bench):
    cards = [named(bench, "b", 5, "a >= 0"), named(bench, "a", 5, "a >= 0"), named(bench, "c", 5)]
    assert [c.scorecard for c in by_dial(cards)["health"]] == ["a", "b", "c"]
    assert bench.score(cards, [{"account_id": "x", "a": 0.5}]).one()["scorecard"] == "a"
    assert overlapping(cards) == [("a", "b"), ("b", "c")]


def test_no_scorecard_is_said_and_every_dial_has_its_row(bench):
    cards = [named(bench, "only", 5, "a > 0.9"), named(bench, "depth", dial="adoption")]
    got = bench.score(cards, [{"account_id": "x", "a": 0.5}])
    assert [(r["dial"], r["scorecard"], r["score"], r["reason"]) for r in got.scores] == [
        ("adoption", "depth", 50.0, None),
        ("health", None, None, "no scorecard applies"),
    ]


def compared(bench, scorer, **fields):
    return bench.card({"all": {"a": {"weight": 100, "score": scorer}}}, reference={"on": bench.day}, **fields)


def frozen(bench, card, values, groups=None):
    rows = [{"account_id": f"p{i}", "a": v, "segment": (groups or {}).get(i, "s")} for i, v in enumerate(values)]
    rows.append({"account_id": "off", "a": 1e6, "segment": "s", "scored": False})
    frame, table = bench.tables(rows, {"event": bench.day}, frame=["segment"])
    with closing(duckdb_engine(threads=1)) as engine:
        return references(engine, frame, table, [card])


def test_p90_is_frozen_from_the_scored_accounts_of_its_day(bench):
    card = compared(bench, {"exponential": {"k": 3}})
    found = frozen(bench, card, [float(i) for i in range(11)])
    assert found.get(card, "a") == Yardsticks(p90=9.0)
    got = bench.score(card, [{"account_id": "x", "a": 9.0}, {"account_id": "y", "a": 0.0}], references=found)
    assert [r["score"] for r in got.scores] == [100.0, 1.0]
    assert {r["assumed"] for r in got.scores} == {False}


def test_earlier_days_are_marked_assumed(bench):
    card = compared(bench, {"exponential": {"k": 3}})
    row = {"account_id": "x", "a": 5.0, "as_of": bench.day - timedelta(1)}
    got = bench.score(card, [row], references=References({("test", "a"): Yardsticks(p90=9.0)}))
    assert got.one()["assumed"] is True


def test_peers_rank_within_their_group_and_small_groups_give_nothing(bench):
    card = compared(bench, {"percentile": {"among": "segment"}})
    found = frozen(bench, card, [1.0, 2.0, 3.0, 4.0, 5.0, 9.0], groups={5: "alone"})
    assert set(found.get(card, "a").peers) == {"s"}
    rows = [{"account_id": "x", "a": 3.0, "segment": "s"}, {"account_id": "y", "a": 3.0, "segment": "alone"}]
    got = bench.score(card, rows, references=found, frame=["segment"])
    assert [r["score"] for r in got.scores] == [pytest.approx(50.0), None]
    assert [p["missing"] for p in got.points] == [None, "nothing to compare with"]


def test_without_a_population_there_is_no_score_and_no_crash(bench):
    for scorer in ({"exponential": {"k": 3}}, {"percentile": {}}):
        card = compared(bench, scorer)
        found = frozen(bench, card, [])
        assert bench.score(card, [{"account_id": "x", "a": 3.0}], references=found).one()["score"] is None


def test_all_equal_values_rank_in_the_middle(bench):
    card = compared(bench, {"percentile": {}})
    found = frozen(bench, card, [7.0] * 6)
    assert bench.score(card, [{"account_id": "x", "a": 7.0}], references=found).one()["score"] == 50.0


def test_references_survive_storage():
    found = References({("c", "a"): Yardsticks(None, {"s": (1.0, 2.0)}), ("c", "b"): Yardsticks(4.0)})
    assert References.from_json(found.to_json()) == found
