"""Claims of value with the age of their confirmation in calendar quarters."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context, derivation

COLUMNS = {
    "quarters_since_confirmed": "Calendar quarters from that of the confirmation to that of the day; 0 is the same",
}


@derivation("confirmed_quarter")
def confirmed_quarter(rows: ibis.Table, context: Context) -> ibis.Table:
    """Add the number of quarters since the confirmation; null where nobody confirmed the claim."""
    day = context.snapshot.local_day(rows.confirmed_at)
    return rows.mutate(quarters_since_confirmed=(_number(rows.as_of) - _number(day)).cast("int64"))


def _number(day: ibis.DateValue) -> ibis.IntegerValue:
    return day.year() * 4 + day.quarter()
