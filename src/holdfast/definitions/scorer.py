"""Scorers: how a metric's value becomes 0 to 100 points, or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from .model import Definition


class Linear(Definition):
    """Points rise (or fall, where from > to) in a line from ``from`` (0) to ``to`` (100), clamped."""

    from_: float
    to: float


class Exponential(Definition):
    """1 + 99 (1 - e^(-k min(x, p90) / p90)) / (1 - e^-k); p90 is frozen at the scorecard's reference day."""

    k: float = 3.0


class PeerPercentile(Definition):
    """Points by rank among the peers of the reference day; ``down`` turns it round."""

    among: str | None = None
    down: bool = False


class TrendAdjusted(Definition):
    """base x (1 + factor x trend), clamped to 0..100; an unknown trend leaves the base."""

    base: Scorer
    trend: str
    factor: float = 0.2


class OwnBaseline(Definition):
    """Scores the value relative to a baseline metric of the same account: value / baseline - 1."""

    baseline: str
    thresholds: Mapping[float, float]


class Scorer(Definition):
    """Exactly one way of scoring.

    ``thresholds``: the points of the greatest key not above the value; below the least key, its points.
    ``category``: points by label of the metric.
    """

    linear: Linear | None = None
    thresholds: Mapping[float, float] | None = None
    trend_adjusted: TrendAdjusted | None = None
    exponential: Exponential | None = None
    percentile: PeerPercentile | None = None
    own_baseline: OwnBaseline | None = None
    category: Mapping[str, float] | None = None

    @property
    def kind(self) -> str:
        """The name of the way that is given."""
        return next(n for n in type(self).model_fields if n != "place" and getattr(self, n) is not None)
