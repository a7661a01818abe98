"""Subscriptions with what a contract comes to on the day: active or not, money, term, notice."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context, derivation
from holdfast.segments.active import active
from holdfast.segments.days import days_between
from holdfast.segments.money import in_reporting, rates

DAYS_IN_MONTH = 30.4375

COLUMNS = {
    "active": "Begun and not past its last day; without a last day, not cancelled, ended or paused",
    "reporting_mrr": "MRR in the reporting currency",
    "reporting_list_mrr": "MRR before discount in the reporting currency",
    "decides_on": "Day of the renewal, else the last day of the contract",
    "term": "Term in months as stated, else from the start to the deciding day",
    "notice_by": "Last day for a notice: the deciding day less the notice period",
}


@derivation("contract_state", beside=("exchange_rate",))
def contract_state(rows: ibis.Table, context: Context) -> ibis.Table:
    """Add state, money, term and notice day of each subscription."""
    currency = context.definitions.settings.currency
    rate_rows = rates(context.snapshot, context.days, currency, context.clock)
    rows = in_reporting(rows, rate_rows, currency, {"reporting_mrr": "mrr", "reporting_list_mrr": "list_mrr"})
    decides_on = ibis.coalesce(rows.renews_on, rows.ends_on)
    counted = (days_between(rows.starts_on, decides_on) / DAYS_IN_MONTH).round().cast("int64")
    notice = (decides_on - rows.notice_days.fill_null(0).as_interval("D")).cast("date")
    return rows.mutate(
        active=active(rows).fill_null(False),
        decides_on=decides_on,
        term=ibis.coalesce(rows.term_months, counted),
        notice_by=ibis.ifelse(rows.notice_days.isnull(), ibis.null("date"), notice),
    )
