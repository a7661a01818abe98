"""The lifecycle stage of an account on a day."""

from __future__ import annotations

import ibis

ONBOARDING_DAYS = 90
RENEWAL_DAYS = 90


def lifecycle(t: ibis.Table) -> ibis.StringValue:
    """The stage as the source states it, unless dated contract facts contradict it; else derived.

    Churned and running contracts exclude each other, and contracts carry dates while a stated stage is
    only known as it is today: so ``churned`` is not believed against an active subscription, nor any
    other stage against a contract that has ended. Derived: churned without an active subscription after
    one; trial while only trials run; onboarding for 90 days from the first start; renewal in the 90 days
    before the next renewal; active otherwise; null where nothing is known.
    """
    running = t.active_subscriptions.fill_null(0) > 0
    ended = ~running & t.first_start.notnull()
    stated = t.stated_lifecycle
    contradicted = ((stated == "churned") & running) | ((stated != "churned") & ended)
    derived = ibis.cases(
        (ended, "churned"),
        (running & (t.paying_subscriptions == 0), "trial"),
        (running & (t.tenure_days < ONBOARDING_DAYS), "onboarding"),
        (running & _within(t, RENEWAL_DAYS), "renewal"),
        (running, "active"),
        else_=ibis.null("string"),
    )
    return ibis.ifelse(stated.notnull() & ~contradicted.fill_null(False), stated, derived)


def _within(t: ibis.Table, days: int) -> ibis.BooleanValue:
    return (t.renews_on <= (t.as_of + ibis.interval(days=days)).cast("date")).fill_null(False)
