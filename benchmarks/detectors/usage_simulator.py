"""Weekly use of invented accounts with a known truth. Stands apart: it knows nothing of the detectors.

Counts are Poisson around a rate that scatters from week to week (gamma or log-normal, with a coefficient of
variation), remembers the week before (``memory``, the correlation of the normal scores), grows, follows a
season of its own, and moves with the whole portfolio.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """How a set of accounts behaves while nothing happens to them."""

    mean: float
    cv: float
    memory: float = 0.0
    growth: float = 0.0
    """relative change of the rate a week"""
    season: float = 0.0
    """share by which the rate falls in 8 weeks of every 52, at a time of each account's own"""
    shape: Literal["gamma", "log-normal"] = "gamma"


def counts(
    chance: np.random.Generator, world: World, accounts: int, weeks: int,
    factor: Floats | float = 1.0, together: Floats | float = 1.0,
) -> Floats:
    """One row a week, one column an account. ``factor`` multiplies rates by week and account, ``together`` by week."""
    scores = chance.standard_normal((weeks, accounts))
    for week in range(1, weeks):
        scores[week] = world.memory * scores[week - 1] + np.sqrt(1 - world.memory**2) * scores[week]
    if world.shape == "gamma":
        size = 1 / world.cv**2
        rate = special.gammaincinv(size, special.ndtr(scores)) / size
    else:
        width = np.sqrt(np.log1p(world.cv**2))
        rate = np.exp(width * scores - width**2 / 2)
    week = np.arange(weeks)[:, None]
    begins = chance.integers(0, 52, accounts)
    rate = rate * np.where((week - begins) % 52 < 8, 1 - world.season, 1.0)
    rate = rate * np.exp(world.growth * (week - weeks)) * np.reshape(together, (-1, 1)) * factor
    return chance.poisson(world.mean * rate).astype(np.float64)


MEANS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
CVS = (0.1, 0.2, 0.4, 0.8)
CELLS = tuple((mean, cv) for mean in MEANS for cv in CVS)


def portfolio(
    chance: np.random.Generator, each: int, weeks: int, together: Floats | float = 1.0, spread: float = 0.0,
    **further: object,
) -> Floats:
    """``each`` accounts of every cell. ``spread``: CV by which accounts differ in how ``together`` moves them."""
    parts = []
    for mean, cv in CELLS:
        moved: Floats | float = 1.0
        if spread:
            strength = np.clip(1 + spread * chance.standard_normal(each), 0, 2)
            moved = np.power(np.reshape(together, (-1, 1)), strength) / np.reshape(together, (-1, 1))
        parts.append(counts(chance, World(mean, cv, **further), each, weeks, moved, together))  # type: ignore[arg-type]
    return np.concatenate(parts, axis=1)
