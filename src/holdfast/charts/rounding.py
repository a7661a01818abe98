"""Printed parts that add up to the printed total."""

from __future__ import annotations

import math
from collections.abc import Sequence


def largest_remainder(parts: Sequence[float], decimals: int = 1, total: float | None = None) -> list[float]:
    """Round parts so that they sum to ``total`` (by default their own rounded sum), nearest first.

    >>> largest_remainder([33.33, 33.33, 33.34], 0)
    [33.0, 33.0, 34.0]
    >>> largest_remainder([-0.04, -0.04, -0.04], 1)
    [0.0, 0.0, -0.1]
    """
    if not parts:
        return []
    unit = 10**decimals
    target = round((math.fsum(parts) if total is None else total) * unit)
    floors = [math.floor(part * unit) for part in parts]
    missing = target - sum(floors)
    rest = [part * unit - floor for part, floor in zip(parts, floors, strict=True)]
    order = sorted(range(len(parts)), key=lambda i: (-rest[i], i))
    rounds, more = divmod(missing, len(parts))
    for place, index in enumerate(order):
        floors[index] += rounds + (1 if place < more else 0)
    return [floor / unit + 0.0 for floor in floors]
