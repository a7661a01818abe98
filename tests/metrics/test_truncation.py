"""A value does not depend on what lay in the future: of the day, or of what was known on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from data_event import FEATURES
from frame_data import ZONE, frame
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from second_answer import tables

from holdfast.definitions.load import builtin
from holdfast.lake import end_of_day, memory_snapshot
from holdfast.metrics.evaluate import metric_table

NAMES = [
    "actions_30d", "mau", "sessions_7d", "features_used_30d", "days_since_login_event", "key_feature_idle_days",
    "power_user_share", "milestones_done", "usage_change_7d",
]


def _values(events: pa.Table, day: date, clock: str) -> list[dict[str, object]]:
    snapshot = memory_snapshot({"event": events}, zone=ZONE)
    definitions = replace(builtin(), features=FEATURES)
    engine = snapshot.engine
    wide = metric_table(snapshot, definitions, engine.frame(frame([day])), NAMES, clock).wide
    found: list[dict[str, object]] = engine.arrow(wide.order_by("account_id")).to_pylist()
    engine.close()
    return found


@pytest.mark.parametrize(("clock", "column"), [("known", "occurred_at"), ("believed", "known_at")])
@settings(max_examples=2, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(back=st.integers(0, 150))
def test_the_future_does_not_count(clock: str, column: str, back: int) -> None:
    day = date(2026, 3, 31) - timedelta(days=back)
    events = tables()["event"]
    known = events.filter(pc.less(events[column], pa.scalar(end_of_day(day, ZONE), pa.timestamp("us"))))
    assert known.num_rows < events.num_rows
    assert _values(events, day, clock) == _values(known, day, clock)
