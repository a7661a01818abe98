"""Tickets with the hours to the first reply and to the solution."""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt

from holdfast.metrics.derivation import Context, derivation

HOURS = dt.Decimal(18, 6)

COLUMNS = {
    "first_reply_hours": "Hours from opening to our first reply, on the clock; empty where it lies before",
    "resolution_hours": "Hours from opening to closing, on the clock; empty where it lies before",
}


@derivation("ticket_times")
def ticket_times(rows: ibis.Table, context: Context) -> ibis.Table:
    """Add the hours to the first reply and to closing."""
    opened = rows.opened_at.epoch_seconds()
    return rows.mutate(first_reply_hours=_hours(rows.first_reply_at.epoch_seconds() - opened),
                       resolution_hours=_hours(rows.closed_at.epoch_seconds() - opened))


def _hours(seconds: ibis.IntegerValue) -> ibis.DecimalValue:
    return ibis.ifelse(seconds >= 0, (seconds / 3_600).round(6).cast(HOURS), ibis.null(HOURS))
