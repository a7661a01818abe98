"""Starts of sessions against a walk over all events, by what was known on each day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.lake import duckdb_engine
from holdfast.metrics.rollup.sessions import DAYS_BACK, session_starts

ZERO = datetime(2026, 1, 1, tzinfo=UTC)
GAP = timedelta(days=DAYS_BACK)
KNOWN = range(5)
MOMENTS = st.integers(0, 4 * 24 * 60)
EVENT = st.tuples(st.sampled_from("ab"), st.integers(1, 2), MOMENTS, st.integers(0, 3))
EVENTS = st.lists(EVENT, min_size=1, max_size=14)


def _day(minutes: int) -> date:
    return (ZERO + timedelta(minutes=minutes)).date()


def _walk(events: list[tuple[str, int, int, int]], known: int) -> Counter[tuple[str, date]]:
    """A start is a moment of a session with no other one of it in the two days before, among what is known."""
    moments = {(session, at) for session, _, at, later in events if later <= known}
    return Counter(
        (session, _day(at)) for session, at in moments
        if not any(s == session and timedelta(0) < timedelta(minutes=at - b) < GAP for s, b in moments)
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENTS)
def test_any_events_give_the_starts_of_a_walk(events: list[tuple[str, int, int, int]]) -> None:
    rows = pa.table({
        "account_id": [f"of-{session}" for session, *_ in events],
        "session_id": [session for session, *_ in events],
        "user_key": pa.array([user for _, user, *_ in events], pa.int64()),
        "source": pa.array(["app"] * len(events), pa.string()),
        "occurred_at": pa.array([(ZERO + timedelta(minutes=at)).replace(tzinfo=None) for _, _, at, _ in events],
                                pa.timestamp("us")),
        "day": pa.array([_day(at) for _, _, at, _ in events], pa.date32()),
        "known_day": pa.array([ZERO.date() + timedelta(days=later) for *_, later in events], pa.date32()),
    })
    found = ENGINE.arrow(session_starts(ENGINE.frame(rows))).to_pylist()
    for known in KNOWN:
        sums: Counter[tuple[str, date]] = Counter()
        for row in found:
            if row["known_day"] <= ZERO.date() + timedelta(days=known):
                sums[row["account_id"].removeprefix("of-"), row["day"]] += row["sessions"]
        assert {k: n for k, n in sums.items() if n} == dict(_walk(events, known))


ENGINE = duckdb_engine(threads=1)
