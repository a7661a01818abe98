"""What a metric is declared to read is what it reads: which days of a night stand rests on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from data_event import FEATURES
from frame_data import ZONE, frame
from second_answer import tables

from holdfast.definitions.load import builtin
from holdfast.lake import memory_snapshot
from holdfast.metrics.derivation import Context
from holdfast.metrics.over_rows import record_values
from holdfast.metrics.plan import inputs
from holdfast.metrics.reach import records_read
from holdfast.metrics.rollup.event_values import event_values
from holdfast.metrics.rollup.rollups import Rollups

DAY = date(2026, 3, 18)
DEFINITIONS = replace(builtin(), features=FEATURES)


def groups():
    """The metrics over rows by what may decide what they read: record, derivations, and what is taken of users."""
    found = {}
    for metric in DEFINITIONS.metrics.values():
        if metric.record is not None and not inputs(metric, DEFINITIONS.metrics):
            take = metric.users.take if metric.users is not None else ""
            found.setdefault((metric.record, metric.derived, take), []).append(metric)
    return found


@pytest.fixture(scope="module")
def watched():
    """A snapshot of all rows, and the set of the records that were read from it."""
    snapshot, read = memory_snapshot(tables(), zone=ZONE), set()
    given = snapshot._rows_of
    snapshot._rows_of = lambda name: (read.add(name), given(name))[1]
    for name in {record for record, _, _ in groups()}:
        snapshot.sources(name)
    yield snapshot, read
    snapshot.engine.close()


@pytest.mark.parametrize("group", groups(), ids=lambda g: "-".join([g[0], *g[1], g[2]]).strip("-"))
def test_no_other_record_is_read(group, watched):
    snapshot, read = watched
    metrics = groups()[group]
    at = Context(snapshot, DEFINITIONS, "known")
    read.clear()
    snapshot._rows.clear()
    if group[0] == "event":
        wide = snapshot.engine.frame(frame([DAY]))
        event_values(at, Rollups(snapshot, DEFINITIONS), wide, metrics, {m.name: frozenset([DAY]) for m in metrics})
    else:
        record_values(at, group[0], metrics, [DAY])
    assert read <= records_read(metrics[0])
