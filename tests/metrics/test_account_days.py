"""Use of accounts and of single users come from the same rows of the roll-up."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from data_event import FEATURES, FIRST, LAST
from frame_data import ZONE, frame
from hypothesis import given
from hypothesis import strategies as st
from second_answer import tables

from holdfast.definitions.load import builtin
from holdfast.lake import duckdb_engine, memory_snapshot
from holdfast.metrics.derivation import Context
from holdfast.metrics.evaluate import metric_table
from holdfast.metrics.rollup.columns import RollupColumn
from holdfast.metrics.rollup.event_values import event_values
from holdfast.metrics.rollup.needed_days import Cut, cut
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


def test_a_day_alone_has_the_values_that_it_has_among_others(snapshot):
    """Alone it reads few columns of days long past, among others all of them."""
    engine = snapshot.engine
    names = [n for n, m in DEFINITIONS.metrics.items() if m.record == "event"]
    days = [LAST - timedelta(days=n) for n in (0, 1, 7, 40, 100, 180)]
    alone, among = (
        engine.arrow(metric_table(snapshot, DEFINITIONS, engine.frame(frame(asked)), names).wide)
        for asked in ([LAST], days)
    )
    rows = [row for row in among.to_pylist() if row["as_of"] == LAST]
    assert sorted(map(repr, alone.to_pylist())) == sorted(map(repr, rows))
    assert any(row["actions_30d"] for row in rows)


def test_days_before_the_cut_have_only_what_is_needed_of_them(snapshot):
    found = cut({ACTIONS.name: DAY, N.name: date.min}, FIRST, LAST)
    assert found == Cut(DAY, frozenset([N.name]))
    rollups = Rollups(snapshot, DEFINITIONS)
    columns = [N, ACTIONS]
    whole, part = (
        {(r["account_id"], r["day"]): r for r in snapshot.engine.arrow(table).to_pylist()}
        for table in (rollups.account_days(columns, [N.name]), rollups.account_days(columns, [N.name], found))
    )
    assert whole.keys() == part.keys()
    for key, row in whole.items():
        assert part[key] == row | ({ACTIONS.name: None} if row["day"] < DAY else {})


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(-20, 120)))
def test_no_other_cut_reads_less(needed):
    first, last = FIRST, FIRST + timedelta(days=100)
    begun = {name: FIRST + timedelta(days=n) for name, n in needed.items()}

    def read(on: date) -> int:
        return sum((last - (on if day >= on else first)).days + 1 for day in begun.values())

    found = cut(begun, first, last)
    least = min(read(first + timedelta(days=n)) for n in range(101))
    assert (read(first) if found is None else read(found.on)) == least
    assert found is None or found.far == {name for name, day in begun.items() if day < found.on}
