"""How much more than by Poisson chance the weeks of an account scatter, and how long a good or bad week lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .weekly_counts import Floats, running

Places = NDArray[np.int64]
POOL = 56
"""Weeks from which the scatter is learned; the last four, which are tested, are left out."""
RECENT = 4
PRIOR_SCATTER, PRIOR_MEMORY, PRIOR_WEIGHT = 0.15, 0.1, 1000.0
"""What is assumed with few accounts: squared CV of the weekly rate, correlation from week to week, and a
weight of about ten accounts."""
CAUTION = 0.25
"""Share of its standard error by which an account's scatter is taken larger than estimated."""
STEADY = 0.5
"""Log ratio of the two halves of those weeks up to which an account counts as steady."""
POOL_SUMS = 7


class Look:
    """Weekly counts up to one week, one row a week, with running sums: any span of weeks costs the same."""

    def __init__(self, counts: Floats, index: Floats, hidden: NDArray[np.bool_]) -> None:
        self.weeks, self.accounts = counts.shape
        self.started = np.isfinite(counts)
        self.seen = self.started & ~hidden[:, None]
        self.counts = np.where(self.seen, counts, 0.0)
        self.index = index[:, None]

    def span(self, first: int | Places, end: int | Places) -> Span:
        """The weeks from ``first`` up to ``end`` without it: the same for all accounts, or one each."""
        return Span(self, first, end)

    @cached_property
    def exposure(self) -> Floats:
        """The index in the weeks that are seen."""
        return np.where(self.seen, self.index, 0.0)

    @cached_property
    def running(self) -> Mapping[str, Floats]:
        """Sums over the weeks before each week, one row a week."""
        values = {
            "weeks": self.seen.astype(np.float64), "counts": self.counts, "exposure": self.exposure,
            "counts_squared": self.counts * self.counts, "counts_exposure": self.counts * self.index,
            "exposure_squared": self.exposure * self.index,
        }
        return {name: running(each) for name, each in values.items()}


class Span:
    """Sums over a span of weeks, for each account: weeks seen, counts, exposures (the index), and squares."""

    def __init__(self, look: Look, first: int | Places, end: int | Places) -> None:
        self._look, self._end = look, end
        self._first = max(first, 0) if isinstance(first, int) else np.maximum(first, 0)

    def _sum(self, name: str) -> Floats:
        running = self._look.running[name]
        if isinstance(self._first, int) and isinstance(self._end, int):
            whole: Floats = running[self._end] - running[self._first]
            return whole
        accounts = np.arange(running.shape[1])
        each: Floats = running[self._end, accounts] - running[self._first, accounts]
        return each

    @cached_property
    def weeks(self) -> Floats:
        """Weeks that are seen."""
        return self._sum("weeks")

    @cached_property
    def counts(self) -> Floats:
        """Counts of those weeks."""
        return self._sum("counts")

    @cached_property
    def exposure(self) -> Floats:
        """The sum of the index over those weeks."""
        return self._sum("exposure")

    @cached_property
    def exposure_squared(self) -> Floats:
        """The sum of the squared index."""
        return self._sum("exposure_squared")

    @cached_property
    def rate(self) -> Floats:
        """Counts a week at index 1."""
        return self.counts / np.where(self.exposure > 0, self.exposure, 1.0)

    @cached_property
    def squared_level(self) -> Floats:
        """Sum of the squared expected counts; 1 where nothing is expected."""
        square = self.rate**2 * self.exposure_squared
        return np.where(square > 0, square, 1.0)

    @cached_property
    def total_scatter(self) -> Floats:
        """Squared coefficient of variation of a week's count, Poisson chance included."""
        square = self._sum("counts_squared") - 2 * self.rate * self._sum("counts_exposure")
        square = square + self.rate**2 * self.exposure_squared
        scatter: Floats = square * self.weeks / np.maximum(self.weeks - 1, 1) / self.squared_level
        return scatter

    @property
    def scatter(self) -> Floats:
        """Squared coefficient of variation of the rate, by moments; chance may make it negative."""
        return self.total_scatter - self.counts / self.squared_level


def pool_sums(look: Look) -> Floats:
    """Sums over accounts from which the common scatter is learned; those of several parts of a base add up.

    Accounts that grow or fade are left out: their change of level is not the scatter of unchanged use.
    """
    first, end = look.weeks - POOL, look.weeks - RECENT
    span = look.span(first, end)
    early, late = look.span(first, (first + end) // 2), look.span((first + end) // 2, end)
    steady = np.abs(np.log((early.rate + 0.1) / (late.rate + 0.1))) <= STEADY
    chosen = (span.weeks >= 8) & (span.rate >= 0.5) & (steady | (early.weeks < 8))
    rate, weeks = np.where(chosen, span.rate, 1.0), np.where(chosen, span.weeks, 8.0)
    weight = np.where(chosen, (weeks - 1) / 2 / (0.3 + 1 / rate) ** 2, 0.0)
    apart = look.counts[first:end] - span.rate * look.exposure[first:end]
    pairs = (look.seen[first : end - 1] & look.seen[first + 1 : end]).sum(axis=0)
    squared = span.squared_level / np.maximum(span.weeks, 1)
    together = (apart[1:] * apart[:-1]).sum(axis=0) / np.maximum(pairs, 1) / squared
    together = together + span.total_scatter / np.maximum(span.weeks, 1)
    scatter, each = np.where(chosen, span.scatter, 0.0), weight / (weeks - 1)
    return np.array([
        weight.sum(), (weight * scatter).sum(), (weight * scatter**2).sum(),
        (weight * np.where(chosen, together, 0.0)).sum(), each.sum(), (each / rate).sum(), (each / rate**2).sum(),
    ])


@dataclass(frozen=True)
class Common:
    """What the accounts have in common: mean scatter, its relative variance between them, week-to-week memory."""

    scatter: float
    spread: float
    memory: float

    @classmethod
    def of(cls, sums: Floats) -> Common:
        """From the sums over all accounts, with the prior where they are few."""
        weight, first, second, together, each, by_rate, by_square = (float(value) for value in sums)
        whole = weight + PRIOR_WEIGHT
        mean = max((first + PRIOR_WEIGHT * PRIOR_SCATTER) / whole, 0.005)
        memory = (together + PRIOR_WEIGHT * PRIOR_SCATTER * PRIOR_MEMORY) / whole / mean
        chance = 2 * (mean**2 * each + 2 * mean * by_rate + by_square) + 6 * mean**3 * each
        between = second - 2 * mean * first + mean**2 * weight - chance + PRIOR_WEIGHT * PRIOR_SCATTER**2
        return cls(mean, min(max(between / whole / mean**2, 0.02), 4.0), min(max(memory, 0.0), 0.8))

    def own(self, span: Span) -> Floats:
        """Each account's scatter, drawn to the common one as far as its own weeks say little."""
        rate = np.maximum(span.rate, 0.02)
        chance = (2 * (self.scatter + 1 / rate) ** 2 + 6 * self.scatter**3) / np.maximum(span.weeks - 1, 1)
        between = self.spread * self.scatter**2
        trust = between / (between + chance)
        drawn = np.maximum((1 - trust) * self.scatter + trust * span.scatter, 0.3 * self.scatter)
        return drawn + CAUTION * np.sqrt(trust * chance)

    def mean_variance(self, weeks: Floats) -> Floats:
        """Variance of a mean over so many weeks, in units of one week's: good and bad weeks last."""
        count = np.maximum(weeks, 1)
        if self.memory == 0:
            return 1 / count
        # the finite geometric sums of 1 + 2 * sum((1 - k / n) * memory ** k), k from 1 to n - 1
        far = 1 - self.memory
        total = self.memory / far - self.memory * (1 - self.memory**count) / (count * far**2)
        return (1 + 2 * total) / count


@dataclass(frozen=True)
class Predicted:
    """The count that unchanged use would give: negative binomial with a mean and an extra variance.

    ``extra`` is the squared coefficient of variation beyond Poisson chance: scatter of the weeks that are
    tested, of those that give the rate, and the rate's own Poisson error.
    """

    mean: Floats
    extra: Floats

    @classmethod
    def after(cls, base: Span, tested: Span, scatter: Floats, common: Common) -> Predicted:
        """For the exposure of ``tested``, from the rate of ``base``."""
        extra = scatter * (common.mean_variance(tested.weeks) + common.mean_variance(base.weeks))
        return cls(np.maximum(base.rate * tested.exposure, 1e-9), extra + 1 / (base.counts + 0.5))

    def at_most(self, counts: Floats) -> Floats:
        """Chance of so few or fewer."""
        from scipy import special

        size = 1 / self.extra
        chance: Floats = special.betainc(size, counts + 1, size / (size + self.mean))
        return chance

    def at_least(self, counts: Floats) -> Floats:
        """Chance of so many or more, under a gamma or a log-normal rate, whichever gives more."""
        from scipy import special

        size = 1 / self.extra
        some = np.maximum(counts, 1.0)
        gamma = special.betainc(some, size, self.mean / (size + self.mean))
        square = np.log1p(self.extra + 1 / self.mean)
        distance = (np.log((some - 0.5) / self.mean) + square / 2) / np.sqrt(square)
        return np.where(counts < 1, 1.0, np.maximum(gamma, special.ndtr(-distance)))

    def none(self) -> Floats:
        """Chance of no count at all."""
        chance: Floats = (1 + self.mean * self.extra) ** (-1 / self.extra)
        return chance

    def ratio_evidence(self, counts: Floats, factor: float) -> Floats:
        """Log-likelihood ratio of ``factor`` times the mean against the mean."""
        size = 1 / self.extra
        evidence: Floats = counts * np.log(factor) - (counts + size) * np.log(
            (size + factor * self.mean) / (size + self.mean))
        return evidence
