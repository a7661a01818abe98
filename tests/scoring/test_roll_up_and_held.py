"""Parents over their family; scores held by a late source."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import pyarrow as pa
import pytest

from holdfast.scoring.held import held
from holdfast.scoring.roll_up import roll_up

DAY = date(2026, 3, 1)


def tables(rows):
    """rows: (account, parent, score, arr)."""
    ids = [r[0] for r in rows]
    days = pa.array([DAY] * len(rows))
    scores = pa.table(
        {
            "account_id": ids,
            "as_of": days,
            "dial": ["health"] * len(rows),
            "scorecard": ["test"] * len(rows),
            "score": pa.array([r[2] for r in rows], pa.float64()),
        }
    )
    frame = pa.table(
        {
            "account_id": ids,
            "as_of": days,
            "parent_id": pa.array([r[1] for r in rows], pa.string()),
            "arr": pa.array([r[3] for r in rows], pa.float64()),
        }
    )
    return ibis.memtable(scores), ibis.memtable(frame)


def card(bench, roll):
    return bench.card({"all": {"a": {"weight": 100, "score": {"linear": {"from_": 0, "to": 1}}}}}, roll_up=roll)


FAMILY = [
    ("top", None, 80.0, 100.0),
    ("mid", "top", 60.0, 300.0),
    ("low", "mid", 20.0, 100.0),
    ("new", "top", None, 500.0),
    ("alone", None, 50.0, 10.0),
]


@pytest.mark.parametrize(("roll", "rolled"), [("own", 80.0), ("lowest_child", 20.0), ("revenue_weighted", 56.0)])
def test_a_parent_sees_everything_below(bench, rows_of, roll, rolled):
    found = {r["account_id"]: r for r in rows_of(roll_up(*tables(FAMILY), [card(bench, roll)]))}
    assert set(found) == {"top", "mid"}
    top = found["top"]
    assert (top["own"], top["lowest_child"], top["lowest_child_id"], top["children"]) == (80.0, 20.0, "low", 2)
    assert top["revenue_weighted"] == pytest.approx((80 * 100 + 60 * 300 + 20 * 100) / 500)
    assert top["rolled"] == pytest.approx(rolled)
    assert found["mid"]["lowest_child"] == 20.0


def test_circles_negative_and_missing_revenue_do_not_break_it(bench, rows_of):
    rows = [("a", "b", 40.0, -5.0), ("b", "a", 60.0, None)]
    found = rows_of(roll_up(*tables(rows), [card(bench, "revenue_weighted")]))
    assert sorted((r["account_id"], r["children"], r["revenue_weighted"]) for r in found) == [
        ("a", 1, None),
        ("b", 1, None),
    ]


def test_a_score_is_held_while_its_source_is_late(bench, rows_of):
    days = [DAY + timedelta(7 * i) for i in range(4)]
    scores = ibis.memtable(
        pa.table(
            {
                "account_id": ["x"] * 4,
                "as_of": pa.array(days),
                "dial": ["health"] * 4,
                "scorecard": ["test"] * 4,
                "score": [50.0, 51.0, 52.0, 53.0],
            }
        )
    )
    late = ibis.memtable(
        pa.table({"as_of": pa.array([days[2], days[3], days[1]]), "record": ["event", "event", "invoice"]})
    )
    found = rows_of(held(scores, late, [card(bench, "own")], {"a": bench.metric("a")}))
    assert [(r["as_of"], r["held_since"], r["held_score"]) for r in found] == [
        (days[2], days[1], 51.0),
        (days[3], days[1], 51.0),
    ]
