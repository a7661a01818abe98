"""Amounts of invoices, deals and value claims in the reporting currency."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context, derivation
from holdfast.segments.money import MONEY, in_reporting, rates

TIMES_A_YEAR = {"year": 1, "quarter": 4, "month": 12, "once": 1}

COLUMNS = {
    "reporting_amount": "The amount in the reporting currency, at the latest rate of the day",
    "yearly_amount": "For value claims: the amount a year; a single amount counts as one year's",
}


@derivation("reporting_money", beside=("exchange_rate",))
def reporting_money(rows: ibis.Table, context: Context) -> ibis.Table:
    """Add the amount in the reporting currency, and for value claims the amount a year."""
    currency = context.definitions.settings.currency
    rate_rows = rates(context.snapshot, context.days, currency, context.clock)
    rows = in_reporting(rows, rate_rows, currency, {"reporting_amount": "amount"})
    if "period" not in rows.columns:
        return rows
    times = ibis.cases(*((rows.period == name, n) for name, n in TIMES_A_YEAR.items()), else_=1)
    return rows.mutate(yearly_amount=(rows.reporting_amount * times).cast(MONEY))
