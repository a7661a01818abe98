"""The portfolio index: how the use of all accounts together moves from week to week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .weekly_counts import Floats, running

BACK = 12
"""Weeks before a week that it is compared with."""
LEAST_ACCOUNTS = 20
"""With fewer accounts one of them could move the index, and the index would hide it."""
USUAL = 13
"""Weeks whose median is the usual level."""
EVENT = 0.15
"""Distance to the usual level from which a week is an event of the portfolio."""
EVENT_Z = 4.0
HIDDEN_WEEKS = 4
"""An event longer than this is a new level: its further weeks count again for single accounts."""
SUMS = 9


def index_sums(counts: Floats) -> Floats:
    """Sums over the accounts of ``counts``, one column a week; those of several parts of a base add up.

    Rows: accounts that are compared, their weighted count in the week and in an average one of the ``BACK``
    weeks before, three sums of squares for the error; accounts with five counts a week or more, those of
    them that fell to a fifth, and those that rose to three times.

    A large account weighs little more than a middling one. Weights and choice depend on the sum of all
    weeks compared, in which no week is special, so that chance moves the ratio to neither side.
    """
    weeks = len(counts)
    known = np.isfinite(counts)
    filled = np.where(known, counts, 0.0)
    total, present = running(filled), running(known.astype(np.float64))
    sums = np.zeros((SUMS, weeks))
    for week in range(BACK, weeks):
        first = week - BACK
        span = total[week + 1] - total[first]
        chosen = (present[week + 1] - present[first] == BACK + 1) & (span >= 6)
        chosen &= filled[first : week + 1].max(axis=0) <= 0.5 * span
        now, span = filled[week, chosen], span[chosen]
        usual = (span - now) / BACK
        weight = 1 / (1 + 0.1 * span / (BACK + 1))
        a, b, large = weight * now, weight * usual, span >= 5 * (BACK + 1)
        sums[:, week] = (
            len(span), a.sum(), b.sum(), (a * a).sum(), (a * b).sum(), (b * b).sum(),
            large.sum(), (large & (now <= 0.2 * usual)).sum(), (large & (now >= 3 * usual)).sum(),
        )
    return sums


@dataclass(frozen=True)
class Steps:
    """Each week against the ``BACK`` weeks before it: ratio, its standard error, whether it can be told.

    ``down`` and ``up``: shares of the accounts with five counts a week or more that fell to a fifth, or rose
    to three times, of their average of those weeks.
    """

    ratio: Floats
    error: Floats
    told: NDArray[np.bool_]
    down: Floats
    up: Floats

    @classmethod
    def of(cls, sums: Floats) -> Steps:
        """The steps that the sums over all accounts say."""
        told = (sums[0] >= LEAST_ACCOUNTS) & (sums[2] > 0)
        base = np.where(told, sums[2], 1.0)
        ratio = np.where(told, sums[1] / base, 1.0)
        square = sums[3] - 2 * ratio * sums[4] + ratio * ratio * sums[5]
        error = np.where(told, np.sqrt(np.maximum(square, 0)) / base, np.inf)
        large = np.maximum(sums[6], 1)
        return cls(ratio, error, told, sums[7] / large, sums[8] / large)

    def last(self, end: int, weeks: int) -> Steps:
        """The ``weeks`` weeks before week ``end``; those before the first are not told."""
        first, missing = max(0, end - weeks), max(0, weeks - end)

        def cut(values: Floats, blank: float) -> Floats:
            return np.concatenate([np.full(missing, blank), values[first:end]])

        return Steps(cut(self.ratio, 1.0), cut(self.error, np.inf), cut(self.told.astype(np.float64), 0.0) > 0,
                     cut(self.down, 0.0), cut(self.up, 0.0))


@dataclass(frozen=True)
class Level:
    """The level of the whole portfolio in the weeks of one look, oldest first.

    ``index``: the level against the first weeks. ``usual``: the last week against the median of the 13
    before it. ``event``: whether the last week is an event. ``hidden``: weeks that say nothing about single
    accounts, because something happened to all of them. ``told``: whether there are accounts enough. ``down``,
    ``up``: shares of the larger accounts that fell to a fifth or rose to three times in the last week.
    """

    index: Floats
    hidden: NDArray[np.bool_]
    usual: float
    event: bool
    told: bool
    down: float
    up: float


def level(steps: Steps) -> Level:
    """The level that the steps lead to; a step within two standard errors is taken for none."""
    weeks = len(steps.ratio)
    index, hidden = np.ones(weeks), np.zeros(weeks, bool)
    usual, event = 1.0, False
    for week in range(1, weeks):
        step = float(steps.ratio[week]) - 1
        error = float(steps.error[week])
        kept = max(0.0, 1 - (2 * error / step) ** 2) if step else 0.0
        index[week] = max((1 + kept * step) * index[max(0, week - BACK) : week].mean(), 1e-6)
        usual = float(index[week] / np.median(index[max(0, week - USUAL) : week]))
        event = bool(steps.told[week]) and abs(usual - 1) >= EVENT and abs(step) >= EVENT_Z * error
        hidden[week] = event and not (week >= HIDDEN_WEEKS and hidden[week - HIDDEN_WEEKS : week].all())
    last = bool(steps.told[-1]), float(steps.down[-1]), float(steps.up[-1])
    return Level(index, hidden, usual, event, *last)
