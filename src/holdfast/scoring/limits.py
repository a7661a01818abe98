"""Limits: caps and floors that hold while a condition holds, for a limited time, each its own line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Limit, Scorecard

from .choose import by_dial, chosen, condition
from .inputs import inputs

if TYPE_CHECKING:
    from holdfast.metrics.table import MetricTable


def expiring(card: Scorecard) -> list[tuple[int, Limit, int]]:
    """The limits of a scorecard that expire: index, limit, days."""
    return [(i, x, int(x.expires.removesuffix("d"))) for i, x in enumerate(card.limits) if x.expires]


def days_needed(scorecards: Iterable[Scorecard]) -> int:
    """How many days of daily condition values, the as-of day included, decide every expiry.

    >>> days_needed([])
    0
    """
    return max((days + 1 for card in scorecards for _, _, days in expiring(card)), default=0)


def with_since(rows: ir.Table, card: Scorecard, limit_days: ir.Table | None) -> ir.Table:
    """Add ``since<index>``: the first day that each expiring limit has held without a break."""
    numbers = [number for number, _, _ in expiring(card)]
    if not numbers or limit_days is None:
        return rows.mutate(**{f"since{n}": ibis.null("date") for n in range(len(card.limits))})
    mine = limit_days.filter(limit_days.scorecard == card.scorecard)
    firsts = mine.group_by(["account_id", "as_of"]).agg(
        **{f"since{n}": mine.held_since.max(where=mine["limit"] == n) for n in numbers}
    )
    joined = rows.left_join(firsts, ["account_id", "as_of"]).drop("account_id_right", "as_of_right")
    absent = {f"since{n}": ibis.null("date") for n in range(len(card.limits)) if n not in numbers}
    return joined.mutate(**absent) if absent else joined


def apply_limits(table: ir.Table, card: Scorecard) -> ir.Table:
    """Apply the limits in their order to score and bounds.

    Adds a0.. (what each took or gave), ``limited``, ``low``, ``high``. A condition left open only by a
    missing weighed input may turn out either way, so it widens the bounds but does not touch the score.
    """
    value, low, high = table.base, table.low0, table.high0
    steps: dict[str, ir.Value] = {}
    for number, limit in enumerate(card.limits):
        over = _expired(table, number, limit)
        on = table[f"l{number}"].fill_null(False) & ~over
        maybe = on | (table[f"u{number}"] & ~over)
        after = _bounded(value, limit, on)
        steps[f"a{number}"] = after - value
        value = after
        if limit.cap is not None:
            low, high = _capped(low, limit.cap, maybe), _capped(high, limit.cap, on)
        if limit.floor is not None:
            low, high = _floored(low, limit.floor, on), _floored(high, limit.floor, maybe)
    return table.mutate(**steps, limited=within(value), low=within(low), high=within(high))


def within(value: ir.FloatingValue) -> ir.FloatingValue:
    """Keep rounding errors of the sum out of the range's ends."""
    return ibis.cases((value < 0.0, 0.0), (value > 100.0, 100.0), else_=value)


def _expired(table: ir.Table, number: int, limit: Limit) -> ir.BooleanValue:
    if not limit.expires:
        return ibis.literal(False)
    days = int(limit.expires.removesuffix("d"))
    return (table.as_of.delta(table[f"since{number}"], unit="day") >= days).fill_null(False)


def _bounded(value: ir.FloatingValue, limit: Limit, on: ir.BooleanValue) -> ir.FloatingValue:
    if limit.cap is not None:
        value = _capped(value, limit.cap, on)
    if limit.floor is not None:
        value = _floored(value, limit.floor, on)
    return value


def _capped(value: ir.FloatingValue, cap: float, on: ir.BooleanValue) -> ir.FloatingValue:
    return ibis.cases((on & (value > cap), float(cap)), else_=value)


def _floored(value: ir.FloatingValue, floor: float, on: ir.BooleanValue) -> ir.FloatingValue:
    return ibis.cases((on & (value < floor), float(floor)), else_=value)


def daily_conditions(
    frame: ir.Table, metrics: MetricTable, scorecards: Iterable[Scorecard], definitions: Mapping[str, Metric]
) -> ir.Table | None:
    """Whether each expiring limit's condition holds, for every row of a daily frame.

    Columns account_id, day, scorecard, limit, holds. None where no limit expires.
    """
    cards = list(scorecards)
    table = inputs(frame, metrics, cards, definitions)
    found = []
    for group in by_dial(cards).values():
        name = chosen(table, group)
        for card in group:
            for number, limit, _ in expiring(card):
                values = {column: table[column] for column in table.columns}
                held = condition(limit.when, values).fill_null(False) & (name == card.scorecard).fill_null(False)
                found.append(
                    table.select(
                        "account_id",
                        day=table.as_of,
                        scorecard=ibis.literal(card.scorecard),
                        limit=ibis.literal(number, type="int64"),
                        holds=held,
                    )
                )
    if not found:
        return None
    return ibis.union(*found) if len(found) > 1 else found[0]


def held_since(daily: ir.Table) -> ir.Table:
    """First day of the unbroken run of each day: account_id, as_of, scorecard, limit, held_since.

    ``daily`` has a row for every day of its range; a run that begins with the range counts from there.
    """
    run = ibis.window(
        group_by=[daily.account_id, daily.scorecard, daily["limit"]],
        order_by=daily.day,
        preceding=None,
        following=0,
    )
    broken = ibis.cases((~daily.holds, daily.day), else_=ibis.null("date"))
    marked = daily.mutate(last_break=broken.max().over(run), first_day=daily.day.min().over(run))
    begins = ibis.cases((marked.last_break.isnull(), marked.first_day), else_=marked.last_break + ibis.interval(days=1))
    held = marked.filter(marked.holds)
    return held.select(
        "account_id",
        as_of=held.day,
        scorecard=held.scorecard,
        limit=held["limit"],
        held_since=begins.cast("date"),
    )
