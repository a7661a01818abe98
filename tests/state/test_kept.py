"""Clean-up spares the versions of the last runs, of Sundays, and what each month last published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from holdfast.state import definition_sets, kept, runs
from holdfast.state.database import open_state

FIRST = date(2026, 1, 1)


@pytest.fixture
def nights(tmp_path, database):
    """A publish a day for 100 days: night n reads version n of the events and publishes version n of the scores."""
    open_state(tmp_path, database)
    known = definition_sets.remember("h", "text")
    for number in range(100):
        day = FIRST + timedelta(days=number)
        record = runs.start(day, known, {"event": number}, "1")
        runs.publish(record, {"history_scores": number}, [], {})


def test_the_kept_versions(nights):
    found = kept.versions()
    last = set(range(86, 100))
    sundays = {n for n in range(100) if (FIRST + timedelta(days=n)).isoweekday() == 7 and n > 99 - 56}
    months = {30, 58, 89, 99}
    assert len(sundays) == 8
    assert found["event"] == last | sundays
    assert found["history_scores"] == last | sundays | months


def test_facts_are_added(nights):
    record = runs.last_run()
    runs.note(record, {"event_bytes": {"roll_up": 7}})
    runs.note(record, {"upkeep": {}})
    assert runs.last_run().facts == {"event_bytes": {"roll_up": 7}, "upkeep": {}}
