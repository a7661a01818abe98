"""Session starts, as rows that add up by either clock."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

GAP_US = 30 * 60 * 1_000_000
"""A session without an id ends when nothing happens for so long."""
DAYS_BACK = 2
"""An id that nothing was heard of for so many days starts a new session when it comes again."""
ID_GAP_US = DAYS_BACK * 24 * 60 * 60 * 1_000_000


def session_starts(events: ir.Table) -> ir.Table:
    """``account_id``, ``user_key``, ``source``, ``day``, ``known_day``, ``sessions``: +1 where a session starts.

    The first event of a session is its start; whether an event is one depends on the ``DAYS_BACK`` days before
    it and on nothing else. An earlier event that becomes known later takes that place:
    the old start is then taken back by a -1 with the day on which the earlier event became known, so that
    the sum over what was known by any day is right. Events with neither session nor user start nothing.
    """
    moments = events.mutate(us=events.occurred_at.delta(ibis.timestamp("1970-01-01T00:00:00"), unit="microsecond"))
    named = moments.filter(moments.session_id.notnull())
    gaps = moments.filter(moments.session_id.isnull(), moments.user_key.notnull())
    return ibis.union(_starts(_by_id(named)), _starts(_by_gap(gaps)))


def _by_id(events: ir.Table) -> ir.Table:
    """Of a day's events that became known on one day only the first can be a start, and whether any of them lies in
    the days before another event is told by the first and the last: all between them say nothing further."""
    keys = ["account_id", "session_id", "user_key", "source", "day", "known_day"]
    spans = events.group_by(keys).aggregate(first=events.us.min(), last=events.us.max())
    lasts = spans.filter(spans["last"] > spans["first"]).select(*keys, us="last")
    ends = ibis.union(spans.select(*keys, us="first"), lasts)
    moments = ends.group_by("account_id", "session_id", "us").aggregate(
        user_key=ends.user_key.min(), source=ends.source.min(), day=ends.day.min(), known_day=ends.known_day.min()
    )
    before = ibis.range_window(
        group_by=["account_id", "session_id"], order_by="us", preceding=(ID_GAP_US - 1, 1)
    )
    return moments.mutate(displaced=moments.known_day.min().over(before))


def _by_gap(events: ir.Table) -> ir.Table:
    moments = events.group_by("account_id", "user_key", "us").aggregate(
        source=events.source.min(), day=events.day.min(), known_day=events.known_day.min()
    )
    before = ibis.range_window(
        group_by=["account_id", "user_key"], order_by="us", preceding=(GAP_US - 1, 1)
    )
    return moments.mutate(displaced=moments.known_day.min().over(before))


def _starts(moments: ir.Table) -> ir.Table:
    starts = moments.filter(moments.displaced.isnull() | (moments.displaced > moments.known_day))
    taken_back = starts.filter(starts.displaced.notnull())
    columns = ["account_id", "user_key", "source", "day"]
    plus = starts.select(*columns, "known_day", sessions=ibis.literal(1, "int64"))
    minus = taken_back.select(*columns, known_day=taken_back.displaced, sessions=ibis.literal(-1, "int64"))
    return ibis.union(plus, minus)
