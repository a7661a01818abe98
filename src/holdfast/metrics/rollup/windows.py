"""Windows over account-days on the grid of as-of days, without reading a row once per day or metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from holdfast.lake import Engine

from .days import Places
from .merge import MERGES

CELL = ["account_id", "place"]


def dense(accounts: ir.Table, at: Places) -> ir.Table:
    """Every account at every place."""
    return accounts.select("account_id").distinct().cross_join(at.as_of.select("place"))


def window_sums(accounts: ir.Table, rows: ir.Table, names: Sequence[str], at: Places) -> ir.Table:
    """``account_id``, ``place`` and the sums of ``names`` over the rows whose window reaches the place.

    Each row is added where it enters and taken away where it leaves; a running sum gives every place.
    """
    placed = rows.inner_join(at.calendar, "day")
    plus = placed.select("account_id", place="enters", **{n: placed[n] for n in names})
    leaving = placed.filter(placed.leaves < len(at.days))
    minus = leaving.select("account_id", place="leaves", **{n: -leaving[n] for n in names})
    steps = ibis.union(plus, minus.cast(plus.schema()))
    steps = steps.group_by(CELL).aggregate(**{n: MERGES["sum"](steps[n]) for n in names})
    return running(dense(accounts, at), steps, dict.fromkeys(names, "sum"))


def running(cells: ir.Table, steps: ir.Table, merges: Mapping[str, str]) -> ir.Table:
    """Running totals of ``steps`` over the places of each account; a sum without a row is zero."""
    joined = cells.left_join(steps, CELL)
    window = ibis.cumulative_window(group_by="account_id", order_by="place")
    kinds = steps.schema()
    base = joined.select(*CELL, **{
        n: joined[n].fill_null(ibis.literal(0).cast(kinds[n])) if rule in ("sum", "bit_or") else joined[n]
        for n, rule in merges.items()
    })
    totals = {
        n: base[n].sum().over(window).cast(kinds[n]) if rule == "sum" else MERGES[rule](base[n]).over(window)
        for n, rule in merges.items()
    }
    return base.select(*CELL, **totals)


def window_bits(accounts: ir.Table, rows: ir.Table, names: Sequence[str], at: Places) -> ir.Table:
    """``account_id``, ``place`` and the bits of ``names`` that any row sets whose window reaches the place."""
    placed = rows.inner_join(at.calendar, "day")
    buckets = placed.group_by("account_id", "enters", "leaves").aggregate(
        **{n: MERGES["bit_or"](placed[n]) for n in names})
    inside = buckets.inner_join(at.inside, ["enters", "leaves"])
    cells = inside.group_by(CELL).aggregate(**{n: MERGES["bit_or"](inside[n]) for n in names})
    joined = dense(accounts, at).left_join(cells, CELL)
    return joined.select(*CELL, **{n: joined[n].fill_null(0) for n in names})


def all_bits(accounts: ir.Table, rows: ir.Table, names: Sequence[str], at: Places) -> ir.Table:
    """As ``window_bits`` for windows that look back for ever."""
    placed = rows.inner_join(at.calendar, "day")
    steps = placed.group_by("account_id", place=placed.enters).aggregate(
        **{n: MERGES["bit_or"](placed[n]) for n in names})
    return running(dense(accounts, at), steps, dict.fromkeys(names, "bit_or"))


def last_days(accounts: ir.Table, rows: ir.Table, names: Mapping[str, str], at: Places) -> ir.Table:
    """``account_id``, ``place`` and for each count in ``names`` (new name -> count) its last day above zero."""
    placed = rows.inner_join(at.calendar, "day")
    marked = {new: ibis.ifelse(placed[n] > 0, placed.day, ibis.null("date")) for new, n in names.items()}
    days = placed.select("account_id", place=placed.enters, **marked)
    steps = days.group_by(CELL).aggregate(**{n: days[n].max() for n in names})
    return running(dense(accounts, at), steps, dict.fromkeys(names, "max"))


def distinct_users(
    engine: Engine, accounts: ir.Table, rows: ir.Table, counts: Sequence[str], at: Places
) -> ir.Table:
    """``account_id``, ``place`` and for each count the exact number of users with any in the window.

    A user's days in the window overlap: each adds only the places that the one before does not reach.
    """
    parts = [_user_steps(rows.filter(rows[n] > 0), n, counts, at) for n in counts]
    steps = engine.cache(ibis.union(*parts) if len(parts) > 1 else parts[0])
    steps = steps.group_by(CELL).aggregate(**{n: MERGES["sum"](steps[n]) for n in counts})
    return running(dense(accounts, at), steps, dict.fromkeys(counts, "sum"))


def _user_steps(rows: ir.Table, name: str, counts: Sequence[str], at: Places) -> ir.Table:
    active = rows.filter(rows.user_key.notnull()).inner_join(at.calendar, "day")
    spans = active.select("account_id", "user_key", "enters", "leaves").distinct()
    order = ibis.window(group_by=["account_id", "user_key"], order_by=["enters", "leaves"])
    spans = spans.mutate(reached=spans.leaves.lag().over(order))
    spans = spans.mutate(start=ibis.greatest(spans.enters, spans.reached.fill_null(0)))
    spans = spans.filter(spans.leaves > spans.start)
    one, none = ibis.literal(1, "int64"), ibis.literal(0, "int64")
    plus = spans.select("account_id", place=spans.start, **{c: one if c == name else none for c in counts})
    leaving = spans.filter(spans.leaves < len(at.days))
    minus = leaving.select("account_id", place=leaving.leaves, **{c: -one if c == name else none for c in counts})
    return ibis.union(plus, minus)
