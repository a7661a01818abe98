"""The account frame: one row per account and day, with what is known of it apart from its behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import ibis

from .contract import contract_facts, seats_before, subscriptions
from .days import days_between
from .lifecycle import lifecycle
from .money import MONEY, Clock
from .scored import not_scored, scored
from .segment import segment
from .traits import GROWTH_DAYS, high_growth, seasonal
from .value_tier import value_tier

if TYPE_CHECKING:
    from holdfast.definitions.bundle import Definitions
    from holdfast.lake import Snapshot

COLUMNS = (
    "account_id", "as_of", "until", "name", "parent_id", "owner_key", "manager_key", "lifecycle", "industry",
    "sub_industry", "country", "region", "plan", "employee_count", "growth_stage", "acquisition_channel",
    "strategic", "created_on", "launched_on", "first_start", "tenure_days", "mrr", "arr", "seats",
    "active_subscriptions", "renews_on", "high_growth", "seasonal", "segment", "value_tier", "scored",
    "not_scored",
)
"""Columns of the frame, in order. Segments, limits, signals and ``applies`` may name them."""


def account_frame(
    snapshot: Snapshot, definitions: Definitions, days: Sequence[date], clock: Clock
) -> ibis.Table:
    """One row per account known on each of ``days``.

    Money is in the reporting currency (``settings.currency``), MRR a month and ARR a year; null where it
    is unknown, zero where no contract runs. ``renews_on`` is the next day on which a contract is renewed
    or lost. ``tenure_days`` counts from the first start of a subscription, else from sign-up. ``until`` is
    the exclusive end of the day, in UTC.
    """
    grid = snapshot.days(days)
    t = _accounts(snapshot, grid, clock)
    t = _with_contract(snapshot, t, grid, days, definitions.settings.currency, clock)
    t = t.mutate(arr=(t.mrr * 12).cast(MONEY), tenure_days=days_between(
        ibis.coalesce(t.first_start, t.created_on), t.as_of))
    t = t.mutate(lifecycle=lifecycle(t, definitions.lifecycle), value_tier=value_tier(t.arr))
    t = t.mutate(high_growth=high_growth(t), seasonal=seasonal(t), plan=ibis.coalesce(t.plan, t.plan_bought))
    t = t.mutate(segment=segment(t, definitions.segments))
    t = t.mutate(scored=scored(t, definitions.settings.scored))
    t = t.mutate(not_scored=not_scored(t, definitions.settings.scored))
    return t.select(*COLUMNS)


def _accounts(snapshot: Snapshot, grid: ibis.Table, clock: Clock) -> ibis.Table:
    rows = snapshot.as_of("account", grid, clock)
    rows = rows.mutate(created_on=snapshot.local_day(rows.created_at),
                       launched_on=snapshot.local_day(rows.launched_at),
                       strategic=rows.strategic.fill_null(False), stated_lifecycle=rows.lifecycle)
    return rows.join(grid.rename(day_="as_of"), [("as_of", "day_")]).drop("day_", "lifecycle")


def _with_contract(snapshot: Snapshot, accounts: ibis.Table, grid: ibis.Table, days: Sequence[date],
                   currency: str, clock: Clock) -> ibis.Table:
    facts = contract_facts(subscriptions(snapshot, grid, currency, clock))
    loaded = facts.select(loaded_day="as_of", loaded=ibis.literal(True)).distinct()
    facts = facts.rename(day_="as_of", facts_of="account_id")
    before = seats_before(snapshot, days, GROWTH_DAYS, clock)
    before = before.rename(before_day="as_of", before_of="account_id")
    t = accounts.left_join(facts, [accounts.as_of == facts.day_, accounts.account_id == facts.facts_of])
    t = t.left_join(before, [t.as_of == before.before_day, t.account_id == before.before_of])
    t = t.left_join(loaded, [("as_of", "loaded_day")])
    known = t.loaded.fill_null(False)
    nothing = t.facts_of.isnull() & known
    zero = ibis.literal(0).cast("int64")
    return t.mutate(
        contracts_known=known,
        active_subscriptions=t.active_subscriptions.fill_null(0),
        paying_subscriptions=t.paying_subscriptions.fill_null(0),
        mrr=ibis.ifelse(nothing, ibis.literal(0).cast(MONEY), t.mrr),
        seats=ibis.ifelse(nothing, zero, t.seats),
    )
