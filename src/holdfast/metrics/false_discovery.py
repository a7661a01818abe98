"""Findings among many accounts: the share of false ones is controlled, day by day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.lake import Engine

from .grid import KEYS


def found(engine: Engine, wide: ir.Table, metric: Metric) -> ir.Table:
    """``account_id``, ``as_of`` and whether the evidence holds: 1, 0, or null where it is missing or nobody's.

    By Benjamini and Hochberg: of m scored accounts with evidence on a day, the largest chance p that is at most
    ``false_share`` x (accounts with at most p) / m is the line; who lies on it or below is found.
    """
    over = metric.found
    assert over is not None
    chance = wide[over.of]
    scored = wide.scored.fill_null(False) if "scored" in wide.columns else ibis.literal(True)
    counted = chance.notnull() & scored
    day = [wide.as_of, counted]
    lower = ibis.rank().over(ibis.window(group_by=day, order_by=chance)).cast("float64")
    equal = chance.count().over(ibis.window(group_by=[*day, chance])).cast("float64")
    all_of_day = chance.count().over(ibis.window(group_by=day)).cast("float64")
    share = (lower + equal) / all_of_day.nullif(0)
    ranked = wide.select(
        *KEYS, _chance=chance, _counted=counted, _allowed=over.false_share * share, _fits=_fits(wide, metric))
    passing = ibis.ifelse(ranked._counted & (ranked._chance <= ranked._allowed), ranked._chance, ibis.null("float64"))
    marked = ranked.mutate(_line=passing.max().over(ibis.window(group_by=ranked.as_of)))
    holds = marked._fits & (marked._chance <= over.at_most) & (marked._chance <= marked._line)
    value = ibis.ifelse(marked._counted, holds.fill_null(False).cast("int64").cast("float64"), ibis.null("float64"))
    return engine.cache(marked.select(*KEYS, **{metric.name: value}))


def _fits(wide: ir.Table, metric: Metric) -> ir.BooleanValue:
    """Whether the effect is as large as asked."""
    over = metric.found
    assert over is not None
    fits = ibis.literal(True)
    if over.effect is not None and over.at_most_effect is not None:
        fits = fits & (wide[over.effect] <= over.at_most_effect)
    if over.effect is not None and over.at_least_effect is not None:
        fits = fits & (wide[over.effect] >= over.at_least_effect)
    return fits
