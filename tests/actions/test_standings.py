"""Which escalation holds: the first whose condition is true; what is unknown makes none hold."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pyarrow as pa

from holdfast.definitions.load import builtin
from holdfast.evaluate.escalations import standings
from holdfast.lake import duckdb_engine

DAY, BEFORE = date(2026, 3, 29), date(2026, 3, 1)
ROWS: dict[str, dict[str, Any]] = {
    "asks": {"score": 90.0, "arr": 200_000.0, "strategic": False, "before": 90.0},
    "low": {"score": 32.0, "arr": 1_000.0, "strategic": None, "before": 33.0},
    "fell": {"score": 60.0, "arr": 1_000.0, "strategic": True, "before": 86.0},
    "quiet": {"score": 88.0, "arr": 30_000.0, "strategic": False, "before": 88.0},
    "none": {"score": None, "arr": None, "strategic": None, "before": None},
}
HOLDING = {"asks": ["renewal_refused"], "low": ["health_at_risk"], "fell": [], "quiet": ["quiet_leaving"], "none": []}


def found() -> dict[str, Any]:
    engine, names = duckdb_engine(threads=1), list(ROWS)
    days = pa.array([DAY] * len(names), pa.date32())
    frame = engine.frame(pa.table({
        "account_id": names, "as_of": days, "scored": [True] * len(names),
        "arr": pa.array([r["arr"] for r in ROWS.values()], pa.float64()),
        "strategic": pa.array([r["strategic"] for r in ROWS.values()], pa.bool_()),
    }))
    wide = engine.frame(pa.table({
        "account_id": names, "as_of": days,
        "has_champion": pa.array([1.0, 0.0, 1.0, 1.0, None]), "multi_threading": pa.array([2.0, 5.0, 1.0, None, None]),
    }))
    scores = engine.frame(pa.table({
        "account_id": names * 2, "as_of": pa.array([DAY] * len(names) + [BEFORE] * len(names), pa.date32()),
        "dial": ["health"] * 2 * len(names), "band": ["neutral"] * 2 * len(names), "coverage": [1.0] * 2 * len(names),
        "score": pa.array([r["score"] for r in ROWS.values()] + [r["before"] for r in ROWS.values()], pa.float64()),
    }))
    evaluation: Any = SimpleNamespace(
        frame=frame, metrics=SimpleNamespace(wide=wide), scored=SimpleNamespace(scores=scores))
    return standings(engine, [evaluation], builtin(), DAY, HOLDING)


def test_the_first_escalation_that_holds_counts_with_the_steps_that_hold() -> None:
    made = found()
    assert made["asks"]["way"] == {"name": "cancellation", "further": [0, 1]}
    assert made["low"]["way"] == {"name": "health_below_40", "further": [0, 1]}
    assert made["fell"]["way"] == {"name": "drop_25", "further": [0, 1]}
    assert made["quiet"]["way"] == {"name": "churn_signal", "further": [0, 2]}
    assert made["none"]["way"] is None


def test_success_is_true_false_or_not_known() -> None:
    made = found()
    assert [made[n]["success"]["champion_departure"] for n in ROWS] == [True, False, False, None, None]
