"""Accounts with the headcount that was stated a year earlier."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context, derivation

YEAR = 365

COLUMNS = {"employee_count_before": "Headcount as stated by the version that held 365 days earlier"}


@derivation("headcount")
def headcount(rows: ibis.Table, context: Context) -> ibis.Table:
    """Only a version that really held a year before counts: nothing is carried back."""
    versions = context.snapshot.rows("account")
    versions = versions.filter(versions.employee_count > 0, ~versions.deleted.fill_null(False))
    since = ibis.coalesce(versions.effective_at, versions.known_at)
    versions = versions.select(of_="account_id", count_="employee_count", since_=since, learned_="known_at")
    days = context.days
    assert days is not None
    joined = days.inner_join(
        versions, [days.until - ibis.interval(days=YEAR) > versions.since_])
    if context.clock == "believed":
        joined = joined.filter(joined.learned_ < joined.until)
    newest = joined.group_by(day_=joined.as_of, of_=joined.of_).agg(
        employee_count_before=joined.count_.argmax(joined.since_))
    kept = rows.columns
    widened = rows.left_join(newest, [rows.as_of == newest.day_, rows.account_id == newest.of_])
    return widened.select(*kept, "employee_count_before")
