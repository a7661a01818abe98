"""Chance by seed: every part of the company draws from a stream of its own."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .timeline import Days, weekday

Array = npt.NDArray[Any]


def stream(seed: int, name: str, *parts: int) -> np.random.Generator:
    """The generator of one part; adding a part changes none of the others.

    >>> bool(stream(1, "a").integers(100) == stream(1, "a").integers(100))
    True
    """
    return np.random.default_rng([seed, zlib.crc32(name.encode()), *parts])


def pick(rng: np.random.Generator, values: Sequence[str], size: int, p: Sequence[float] | None = None) -> Array:
    """``size`` texts drawn from ``values``, with the given weights."""
    if p is None:
        return np.array(values, dtype=object)[rng.integers(len(values), size=size)]
    edges = np.cumsum(np.asarray(p, dtype=float))
    return np.array(values, dtype=object)[np.searchsorted(edges / edges[-1], rng.random(size), side="right")]


def visits(rng: np.random.Generator, starts: Days, ends: Days, every: Array) -> tuple[Days, Days]:
    """Random days between start and end, one in ``every`` days on average: (account index, day), by day."""
    span = np.maximum(ends - starts, 0)
    counts = rng.poisson(span / np.maximum(every, 1e-9))
    who = np.repeat(np.arange(len(starts)), counts)
    when = starts[who] + (rng.random(len(who)) * span[who]).astype(np.int64)
    weekend = weekday(when) > 4
    when = np.minimum(np.where(weekend, when + 7 - weekday(when), when), np.maximum(ends[who] - 1, starts[who]))
    order = np.lexsort((who, when))
    return who[order], when[order]


def second_of_day(rng: np.random.Generator, size: int) -> Days:
    """A moment in a working day, local time, in seconds after midnight."""
    hours = np.clip(rng.normal(13.0, 2.6, size), 6.0, 21.9)
    return (hours * 3600).astype(np.int64)
