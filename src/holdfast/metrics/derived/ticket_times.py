"""Tickets with the hours to the first reply and to the solution."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context, derivation

from .seconds import seconds_between

COLUMNS = {
    "first_reply_hours": "Hours from opening to our first reply, on the clock; empty where it lies before",
    "resolution_hours": "Hours from opening to closing, on the clock; empty where it lies before",
}


@derivation("ticket_times")
def ticket_times(rows: ibis.Table, context: Context) -> ibis.Table:
    """Add the hours to the first reply and to closing."""
    return rows.mutate(first_reply_hours=_hours(rows.opened_at, rows.first_reply_at),
                       resolution_hours=_hours(rows.opened_at, rows.closed_at))


def _hours(start: ibis.TimestampValue, end: ibis.TimestampValue) -> ibis.FloatingValue:
    passed = seconds_between(start, end)
    return ibis.ifelse(passed >= 0, passed / 3_600.0, ibis.null("float64"))
