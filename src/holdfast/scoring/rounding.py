"""Largest remainder: rounded parts that add up to the rounded whole."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor


def largest_remainder(parts: Sequence[float], digits: int = 1) -> list[float]:
    """Round ``parts`` to ``digits`` so that they add up to their rounded sum.

    The parts that lose most by rounding down are rounded up; equal losses are settled from the left.

    >>> largest_remainder([33.333, 33.333, 33.333], 0)
    [34.0, 33.0, 33.0]
    >>> largest_remainder([12.34, 20.36, 5.25])
    [12.3, 20.4, 5.3]
    """
    scale = 10.0**digits
    scaled = [part * scale for part in parts]
    lower = [floor(part + 1e-9) for part in scaled]
    missing = round(sum(scaled)) - sum(lower)
    order = sorted(range(len(parts)), key=lambda i: (lower[i] - scaled[i], i))
    for index in order[:missing]:
        lower[index] += 1
    return [value / scale for value in lower]
