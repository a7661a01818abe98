"""Contract facts of an account on a day, from its subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis

from .active import active
from .money import MONEY, Clock, in_reporting, rates

if TYPE_CHECKING:
    from holdfast.lake import Snapshot


def subscriptions(snapshot: Snapshot, days: ibis.Table, currency: str, clock: Clock) -> ibis.Table:
    """Subscriptions as of each day with ``active``, ``reporting_mrr`` and ``decides_on``.

    ``decides_on`` is the day on which the contract is renewed or lost: the renewal day where it is
    stated, else the last day of the contract.
    """
    rows = snapshot.as_of("subscription", days, clock)
    rows = in_reporting(rows, rates(snapshot, days, currency, clock), currency, {"reporting_mrr": "mrr"})
    rows = rows.mutate(active=active(rows).fill_null(False),
                       decides_on=ibis.coalesce(rows.renews_on, rows.ends_on))
    by_size = ibis.window(group_by=[rows.as_of, rows.account_id, rows.active],
                          order_by=[rows.reporting_mrr.desc(nulls_first=False), rows.subscription_id])
    return rows.mutate(size_rank=ibis.row_number().over(by_size))


def contract_facts(rows: ibis.Table) -> ibis.Table:
    """One row per account and day that has any subscription row, from the result of ``subscriptions``.

    MRR is null as soon as the MRR of one active subscription is unknown: a part is not the whole.
    """
    on = rows.active
    known = rows.reporting_mrr.notnull()
    facts = rows.group_by("as_of", "account_id").agg(
        active_subscriptions=on.cast("int64").sum(),
        paying_subscriptions=(on & (rows.status.fill_null("active") != "trial")).cast("int64").sum(),
        unknown_mrr=(on & ~known).cast("int64").sum(),
        mrr_sum=rows.reporting_mrr.sum(where=on),
        seats_sum=rows.seats.sum(where=on),
        renews_on=rows.decides_on.min(where=on & (rows.decides_on >= rows.as_of)),
        first_start=rows.starts_on.min(where=rows.starts_on <= rows.as_of),
        last_end=rows.ends_on.max(where=rows.ends_on < rows.as_of),
        plan_bought=rows.plan.max(where=on & (rows.size_rank == 0)),
    )
    none = facts.active_subscriptions == 0
    return facts.mutate(
        mrr=ibis.ifelse(none, ibis.literal(0).cast(MONEY),
                        ibis.ifelse(facts.unknown_mrr > 0, ibis.null(MONEY), facts.mrr_sum.cast(MONEY))),
        seats=ibis.ifelse(none, ibis.literal(0).cast("int64"), facts.seats_sum.cast("int64")),
    ).drop("mrr_sum", "seats_sum", "unknown_mrr")


def seats_before(snapshot: Snapshot, days: Sequence[date], back: int, clock: Clock) -> ibis.Table:
    """Seats of active subscriptions ``back`` days before each day: (as_of, account_id, seats_before)."""
    earlier = snapshot.days([day - timedelta(days=back) for day in days])
    rows = snapshot.as_of("subscription", earlier, clock)
    rows = rows.filter(active(rows))
    held = rows.group_by("as_of", "account_id").agg(seats_before=rows.seats.sum())
    later = (held.as_of + ibis.interval(days=back)).cast("date")
    return held.select(as_of=later, account_id=held.account_id, seats_before=held.seats_before.cast("int64"))
