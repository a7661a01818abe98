"""The stored roll-up is the one that all events together give, however they came."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from holdfast.definitions.features import Features
from holdfast.definitions.load import builtin
from holdfast.lake import Lake, duckdb_engine, memory_snapshot, stored_schema
from holdfast.lake.compact import compact
from holdfast.metrics.rollup.rollups import Rollups
from holdfast.metrics.rollup.stored import rollup_columns, rollup_name
from holdfast.pipeline.roll_up import PLACES, roll_up
from holdfast.records import EVENT

from .event_batches import commit, events, split, table_of

ZONE = "Europe/Berlin"
MIDDLE = date(2026, 1, 2)
DEFINITIONS = replace(builtin(), features=Features(core=("f1", "f2"), workflow=("f1", "f3")))
NAMES = {"mau", "sessions_7d", "features_used_30d", "actions_30d", "weighted_events_30d"}
SMALL = replace(DEFINITIONS, metrics={n: m for n, m in DEFINITIONS.metrics.items() if n in NAMES})


@pytest.fixture
def engine():
    found = duckdb_engine(threads=1)
    yield found
    found.close()


def rolled(lake, engine, folder, definitions=SMALL, **how):
    version = lake.table("event").version()
    return roll_up(lake, engine, definitions, version, ZONE, folder / "staging", **how)


def user_days(engine, snapshot, definitions=SMALL):
    """The user-days by either clock, masks as the number of their bits, in order."""
    columns = rollup_columns(definitions)
    whole = Rollups(snapshot, definitions)
    found = []
    for rollups in (whole, whole.known_by(MIDDLE)):
        for row in engine.arrow(rollups.user_days(columns)).to_pylist():
            masks = {k: v for k, v in row.items() if k.startswith("mask")}
            rest = {k: v for k, v in row.items() if k not in masks}
            found.append(repr(sorted({**rest, "bits": sum(v.bit_count() for v in masks.values())}.items())))
    days = engine.arrow(snapshot.event_days).to_pylist()
    return sorted(found), sorted(repr(sorted(row.items())) for row in days)


def expected(engine, rows):
    return user_days(engine, memory_snapshot({"event": table_of(rows)}, engine, ZONE))


def stored(lake, engine, versions, definitions=SMALL):
    return user_days(engine, lake.snapshot(engine, versions, ZONE), definitions)


@pytest.mark.parametrize("seed", range(3))
def test_any_split_gives_the_same(seed, engine, tmp_path):
    luck = random.Random(seed)
    rows = events(luck, 150)
    lake, so_far = Lake(tmp_path / "lake"), []
    for number, batch in enumerate(split(luck, rows, (3, 8, 5)[seed])):
        commit(lake, batch, tmp_path / "in", f"batch-{number}")
        so_far += batch
        if luck.random() < 0.3:
            table, order = lake.table("event"), "account_id, line"
            compact(table, engine.con.con, stored_schema(EVENT), order, tmp_path / "c", few=1)
        if luck.random() < 0.6:
            versions = rolled(lake, engine, tmp_path)
    versions = rolled(lake, engine, tmp_path)
    assert stored(lake, engine, versions) == expected(engine, rows)


def test_nothing_new_makes_nothing_new(engine, tmp_path):
    lake = Lake(tmp_path / "lake")
    commit(lake, events(random.Random(1), 50), tmp_path / "in", "one")
    first = rolled(lake, engine, tmp_path)
    lake.read.clear()
    assert rolled(lake, engine, tmp_path) == first
    assert not lake.read["event"]


def test_full_makes_all_anew(engine, tmp_path):
    rows = events(random.Random(2), 100)
    lake = Lake(tmp_path / "lake")
    commit(lake, rows, tmp_path / "in", "one")
    before = rolled(lake, engine, tmp_path)
    after = rolled(lake, engine, tmp_path, full=True)
    assert after.keys() == before.keys()
    assert after != before
    assert stored(lake, engine, after) == stored(lake, engine, before) == expected(engine, rows)


def test_other_conditions_have_a_roll_up_of_their_own(engine, tmp_path):
    other = replace(SMALL, features=Features(core=("f5",), workflow=("f1", "f3")))
    lake = Lake(tmp_path / "lake")
    commit(lake, events(random.Random(3), 60), tmp_path / "in", "one")
    assert rolled(lake, engine, tmp_path).keys() != rolled(lake, engine, tmp_path, other).keys()
    assert rollup_name(SMALL, ZONE) != rollup_name(SMALL, "UTC")
    assert rollup_name(SMALL, ZONE) == rollup_name(replace(SMALL, scorecards={}), ZONE)


def test_more_values_than_a_word_holds(engine, tmp_path):
    luck = random.Random(4)
    rows = events(luck, 200)
    lake = Lake(tmp_path / "lake")
    commit(lake, rows[:100], tmp_path / "in", "one")
    rolled(lake, engine, tmp_path)
    for number, row in enumerate(rows[100:]):
        row["feature"] = f"g{number}"
    commit(lake, rows[100:], tmp_path / "in", "two")
    versions = rolled(lake, engine, tmp_path)
    assert stored(lake, engine, versions) == expected(engine, rows)
    assert lake.table(PLACES).version() is not None


def test_a_new_day_reads_no_old_files(engine, tmp_path):
    read = []
    for days in (30, 90):
        lake, folder = Lake(tmp_path / f"lake-{days}"), tmp_path / str(days)
        rows = events(random.Random(5), 20 * days, days)
        last = max(r["occurred_at"] for r in rows).date()
        old, new = ([r for r in rows if (r["occurred_at"].date() == last) is late] for late in (False, True))
        for week in sorted({f"{r['occurred_at']:%G-%V}" for r in old}):
            commit(lake, [r for r in old if f"{r['occurred_at']:%G-%V}" == week], folder, week)
        rolled(lake, engine, tmp_path)
        lake.read.clear()
        commit(lake, new, folder, "new")
        rolled(lake, engine, tmp_path)
        read.append(lake.read["event"])
    assert 0 < read[1] < 2 * read[0]
