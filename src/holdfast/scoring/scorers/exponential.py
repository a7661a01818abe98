"""Exponential: fast gains at the start, 100 at the 90th percentile of a frozen reference population."""

from __future__ import annotations

import math

import ibis
import ibis.expr.types as ir


def exponential(value: ir.FloatingValue, p90: float | None, k: float) -> ir.FloatingValue:
    """1 + 99 (1 - e^(-k min(x, p90) / p90)) / (1 - e^-k); nothing where p90 is unknown or not above zero.

    A raw score of 112 against a p90 of 200, k = 3:

    >>> round(exponential(ibis.literal(112.0), 200.0, 3.0).execute(), 6)
    85.769396
    >>> exponential(ibis.literal(500.0), 200.0, 3.0).execute()
    100.0
    >>> exponential(ibis.literal(0.0), 200.0, 3.0).execute()
    1.0
    """
    if p90 is None or p90 <= 0:
        return ibis.null("float64")
    whole = 1.0 - math.exp(-k)
    curve = (1.0 - (value * (-k / p90)).exp()) * (99.0 / whole) + 1.0
    return ibis.cases((value.isnull(), None), (value >= p90, 100.0), (value <= 0.0, 1.0), else_=curve)
