"""Limits: own lines, order, expiry from the first day of the unbroken run, and what they do to bounds."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import pyarrow as pa
import pytest

from holdfast.scoring.limits import daily_conditions, days_needed, held_since

LINE = {"linear": {"from_": 0, "to": 1}}


def card(bench, *limits):
    return bench.card(
        {"all": {"a": {"weight": 60, "score": LINE}, "b": {"weight": 40, "score": LINE}}}, limits=list(limits)
    )


def since(day, *, limit=0):
    return ibis.memtable(
        pa.table(
            {
                "account_id": ["x"],
                "as_of": pa.array([date(2026, 3, 1)]),
                "scorecard": ["test"],
                "limit": pa.array([limit], pa.int64()),
                "held_since": pa.array([day]),
            }
        )
    )


CAP = {"cap": 49, "when": "gone <= 60 and not known", "why": "nobody carries us inside", "expires": "90d"}


def row(**values):
    return {"account_id": "x", "a": 1.0, "b": 0.5, "gone": 10.0, "known": 0.0, **values}


def test_a_cap_is_an_adjustment_of_its_own(bench):
    got = bench.score(card(bench, CAP), [row()])
    assert got.one()["score"] == 49.0
    assert got.adjustments == [
        {
            "account_id": "x",
            "as_of": bench.day,
            "dial": "health",
            "scorecard": "test",
            "kind": "cap",
            "amount": -31.0,
            "why": "cap at 49: nobody carries us inside",
        }
    ]
    assert (got.one()["low"], got.one()["high"]) == (49.0, 49.0)
    assert sum(c["contribution"] for c in got.components) == pytest.approx(80.0)


@pytest.mark.parametrize("values", [{"gone": 61.0}, {"known": 1.0}, {"gone": None}, {"a": 0.1}])
def test_a_limit_that_does_not_hold_or_bind_makes_no_line(bench, values):
    got = bench.score(card(bench, CAP), [row(**values)])
    assert got.adjustments == []


@pytest.mark.parametrize(("days", "score"), [(0, 49.0), (89, 49.0), (90, 80.0)])
def test_a_limit_expires_after_its_days(bench, days, score):
    got = bench.score(card(bench, CAP), [row()], limit_days=since(bench.day - timedelta(days)))
    assert got.one()["score"] == score


def test_limits_apply_in_their_order(bench):
    floor = {"floor": 60, "when": "a >= 1", "why": "strong use"}
    assert bench.score(card(bench, CAP, floor), [row()]).one()["score"] == 60.0
    got = bench.score(card(bench, floor, CAP), [row(b=0.0, a=1.0)])
    assert got.one()["score"] == 49.0
    assert [(a["kind"], a["amount"]) for a in got.adjustments] == [("cap", -11.0)]


def test_a_missing_input_that_leaves_a_limit_open_widens_the_bounds(bench):
    limit = {"cap": 30, "when": "b < 0.2", "why": "little left"}
    got = bench.score(card(bench, limit), [row(b=None)])
    assert got.one()["score"] == 100.0
    assert (got.one()["low"], got.one()["high"]) == (30.0, 100.0)


def test_the_run_is_counted_from_the_day_after_the_last_break(rows_of):
    days = [date(2026, 1, 1) + timedelta(i) for i in range(8)]
    holds = [True, True, False, True, True, True, False, True]
    daily = ibis.memtable(
        pa.table(
            {
                "account_id": ["x"] * 8,
                "day": pa.array(days),
                "scorecard": ["test"] * 8,
                "limit": pa.array([0] * 8, pa.int64()),
                "holds": holds,
            }
        )
    )
    found = {r["as_of"].day: r["held_since"].day for r in rows_of(held_since(daily))}
    assert found == {1: 1, 2: 1, 4: 4, 5: 4, 6: 4, 8: 8}


def test_daily_conditions_name_the_limits_that_expire(bench, rows_of):
    forever = {"cap": 90, "when": "a < 2", "why": "always"}
    cards = [card(bench, forever, CAP)]
    frame, values = bench.tables([row(), {**row(), "account_id": "y", "gone": None}], {"event": bench.day})
    daily = daily_conditions(frame, values, cards, {n: bench.metric(n) for n in "ab"})
    assert [(r["account_id"], r["limit"], r["holds"]) for r in rows_of(daily)] == [("x", 1, True), ("y", 1, False)]
    assert days_needed(cards) == 91
    assert daily_conditions(frame, values, [card(bench, forever)], {}) is None
