"""Thresholds: steps. The greatest key that the value reaches decides."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir


def thresholds(value: ir.FloatingValue, steps: Mapping[float, float]) -> ir.FloatingValue:
    """Points of the greatest key not above the value; below the least key, the least key's points.

    >>> steps = {0: 0, 0.1: 20, 0.2: 40, 0.3: 60, 0.4: 80, 0.5: 100}
    >>> [thresholds(ibis.literal(v), steps).execute() for v in (0.32, 0.40, 0.05, -3.0)]
    [60.0, 80.0, 0.0, 0.0]
    """
    keys = sorted(steps, reverse=True)
    branches = [(value >= float(key), float(steps[key])) for key in keys[:-1]]
    return ibis.cases((value.isnull(), None), *branches, else_=float(steps[keys[-1]]))
