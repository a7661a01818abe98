"""What an edited scorecard does to stored history: flips between bands, falls by week, histograms."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

SUNDAY = 6
WEEK = 7
BIN = 10
BINS = 10
SIDES = ("before", "after")


def flips(rows: ir.Table) -> ir.Table:
    """The rows whose band differs before and after."""
    return rows.filter(rows.before_band != rows.after_band)


def flips_by_day(rows: ir.Table) -> ir.Table:
    """as_of, accounts, flipped: how many bands differ on each stored day."""
    differs = (rows.before_band != rows.after_band).cast("int64")
    return rows.group_by("as_of").agg(accounts=rows.count(), flipped=differs.sum())


def falls(rows: ir.Table, bands: Sequence[str], watched: Sequence[str]) -> ir.Table:
    """Accounts that came into a watched band from a better one, by Sunday: as_of, before_<band>, after_<band>.

    ``bands`` in their order, worst first. The week before must be stored, with a score.
    """
    sundays = rows.filter(rows.as_of.day_of_week.index() == SUNDAY)
    ranked = sundays.select("account_id", "as_of", **{side: _rank(sundays[f"{side}_band"], bands) for side in SIDES})
    run = ibis.window(group_by=ranked.account_id, order_by=ranked.as_of)
    earlier = ranked.mutate(
        day=ranked.as_of.lag().over(run), **{f"{side}_then": ranked[side].lag().over(run) for side in SIDES}
    )
    weekly = earlier.filter(earlier.as_of.delta(earlier.day, unit="day") == WEEK)
    fell = {
        f"{side}_{band}": ((weekly[side] == bands.index(band)) & (weekly[f"{side}_then"] > bands.index(band)))
        .fill_null(False)
        .cast("int64")
        .sum()
        for side in SIDES
        for band in watched
    }
    return weekly.group_by("as_of").agg(**fell)


def histogram(rows: ir.Table) -> ir.Table:
    """How many scores lie in each tenth of the range on each day: as_of, side, bin (null without a score), accounts.

    The last tenth includes 100.
    """
    sides = [
        rows.select("as_of", side=ibis.literal(side), bin=_bin(rows[f"{side}_score"])) for side in SIDES
    ]
    both = ibis.union(*sides)
    return both.group_by(["as_of", "side", "bin"]).agg(accounts=both.count())


def _bin(score: ir.FloatingValue) -> ir.IntegerValue:
    tenth = (score / float(BIN)).floor().cast("int64")
    return ibis.cases((tenth > BINS - 1, BINS - 1), else_=tenth)


def _rank(band: ir.StringValue, bands: Sequence[str]) -> ir.IntegerValue:
    return ibis.cases(*((band == name, number) for number, name in enumerate(bands)), else_=ibis.null("int64"))
