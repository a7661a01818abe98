"""Linear: points in a straight line between two values, in either direction."""

from __future__ import annotations

import ibis.expr.types as ir

from holdfast.definitions.scorer import Linear


def linear(value: ir.FloatingValue, scorer: Linear) -> ir.FloatingValue:
    """100 x (value - from) / (to - from), clamped to 0..100; null stays null.

    ``from`` above ``to`` turns it round: less is better. Stickiness of 32 % against a target of 40 %:

    >>> import ibis
    >>> round(linear(ibis.literal(0.32), Linear(from_=0, to=0.40)).execute(), 9)
    80.0
    >>> round(linear(ibis.literal(3.0), Linear(from_=10, to=0)).execute(), 9)
    70.0
    """
    share = (value - scorer.from_) / (scorer.to - scorer.from_)
    return clamp(share * 100.0)


def clamp(points: ir.FloatingValue) -> ir.FloatingValue:
    """Keep points within 0..100. Null stays null on every engine, which least and greatest do not promise.

    >>> import ibis
    >>> clamp(ibis.literal(130.0)).execute()
    100.0
    """
    import ibis

    return ibis.cases((points < 0.0, 0.0), (points > 100.0, 100.0), else_=points)
