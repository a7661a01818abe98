"""Trend-adjusted: a base, moved by where the metric is heading."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from .linear import clamp


def trend_adjusted(base: ir.FloatingValue, trend: ir.FloatingValue, factor: float) -> ir.FloatingValue:
    """base x (1 + factor x trend), clamped to 0..100. An unknown trend (a zero base period) leaves the base.

    A base of 70 and 15 % more usage; the same base with an unknown trend:

    >>> round(trend_adjusted(ibis.literal(70.0), ibis.literal(0.15), 0.2).execute(), 9)
    72.1
    >>> round(trend_adjusted(ibis.literal(70.0), ibis.literal(-0.15), 0.2).execute(), 9)
    67.9
    >>> trend_adjusted(ibis.literal(70.0), ibis.null("float64"), 0.2).execute()
    70.0
    """
    moved = base * (trend * factor + 1.0)
    return clamp(ibis.cases((trend.isnull(), base), else_=moved))
