"""Use of accounts and of single users come from the same rows of the roll-up."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from data_event import FEATURES
from frame_data import ZONE, frame
from second_answer import tables

from holdfast.definitions.load import builtin
from holdfast.lake import duckdb_engine, memory_snapshot
from holdfast.metrics.derivation import Context
from holdfast.metrics.rollup.columns import RollupColumn
from holdfast.metrics.rollup.event_values import event_values
from holdfast.metrics.rollup.rollups import Rollups
from holdfast.metrics.rollup.user_day import GRAIN, user_day

DAY = date(2026, 3, 18)
DEFINITIONS = replace(builtin(), features=FEATURES)
N, ACTIONS, SESSIONS = RollupColumn("n"), RollupColumn("sum", "quantity"), RollupColumn("sessions")


@pytest.fixture(scope="module")
def snapshot():
    engine = duckdb_engine(threads=1)
    yield memory_snapshot(tables(), engine, ZONE)
    engine.close()


@pytest.mark.parametrize("known", [None, DAY])
def test_account_days_are_the_sums_of_user_days(snapshot, known):
    whole = Rollups(snapshot, DEFINITIONS)
    rollups = whole if known is None else whole.known_by(known)
    whole.prepare([N, ACTIONS, SESSIONS])
    accounts = snapshot.engine.arrow(rollups.account_days([N, ACTIONS, SESSIONS], [N.name])).to_pylist()
    expected: dict[object, Counter[str]] = defaultdict(Counter)
    for row in snapshot.engine.arrow(rollups.user_days([N, ACTIONS, SESSIONS])).to_pylist():
        day = expected[row["account_id"], row["day"]]
        day.update({c.name: row[c.name] for c in (N, ACTIONS, SESSIONS)})
        day["active"] |= row[N.name] > 0
        day["nobody"] += row[N.name] if row["user_key"] is None else 0
    assert len(accounts) == len(expected)
    assert sum(row[f"nobody_{N.name}"] for row in accounts) > 0
    for row in accounts:
        day = expected[row["account_id"], row["day"]]
        assert [row[c.name] for c in (N, SESSIONS)] == [day[c.name] for c in (N, SESSIONS)]
        assert row[ACTIONS.name] == Decimal(day[ACTIONS.name])
        assert (row[f"active_{N.name}"], row[f"nobody_{N.name}"]) == (day["active"], day["nobody"])


def test_counts_of_accounts_look_at_no_user(snapshot, monkeypatch):
    asked = []
    monkeypatch.setattr(Rollups, "user_days", lambda self, columns: asked.append(columns))
    metric = DEFINITIONS.metrics["actions_30d"]
    wide = snapshot.engine.frame(frame([DAY]))
    at = Context(snapshot, DEFINITIONS, "known")
    found = event_values(at, Rollups(snapshot, DEFINITIONS), wide, [metric], {metric.name: frozenset([DAY])})
    assert any(row[metric.name] for table in found for row in snapshot.engine.arrow(table).to_pylist())
    assert not asked


def test_a_session_counts_in_the_row_of_its_first_event(snapshot):
    rows = snapshot.engine.arrow(user_day(snapshot, FEATURES, [N, SESSIONS])).to_pylist()
    assert len({tuple(row[n] for n in GRAIN) for row in rows}) == len(rows)
    begun = [row for row in rows if row[SESSIONS.name] > 0]
    assert begun
    assert all(row["source"] and row["_rows"] for row in begun)
