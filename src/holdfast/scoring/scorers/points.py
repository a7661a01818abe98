"""The choice among scorers, and the lowest and highest points that one can give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import ibis.expr.types as ir

from holdfast.definitions.scorer import Scorer

from .category import category
from .exponential import exponential
from .linear import linear
from .own_baseline import own_baseline
from .percentile import percentile
from .thresholds import thresholds
from .trend_adjusted import trend_adjusted


@dataclass(frozen=True)
class Yardstick:
    """What a scorer needs besides the value: other columns, the metric's labels, the frozen reference."""

    column: Callable[[str], ir.Value]
    labels: Mapping[float, str] = field(default_factory=dict)
    p90: float | None = None
    peers: Mapping[str, Sequence[float]] = field(default_factory=dict)


def points(value: ir.FloatingValue, scorer: Scorer, yardstick: Yardstick) -> ir.FloatingValue:
    """Points of ``value``, 0 to 100, or null.

    >>> import ibis
    >>> from holdfast.definitions.scorer import Linear
    >>> points(ibis.literal(5.0), Scorer(linear=Linear(from_=0, to=10)), Yardstick(dict().get)).execute()
    50.0
    """
    if scorer.linear is not None:
        return linear(value, scorer.linear)
    if scorer.thresholds is not None:
        return thresholds(value, scorer.thresholds)
    if scorer.trend_adjusted is not None:
        base = points(value, scorer.trend_adjusted.base, yardstick)
        return trend_adjusted(base, yardstick.column(scorer.trend_adjusted.trend), scorer.trend_adjusted.factor)
    if scorer.exponential is not None:
        return exponential(value, yardstick.p90, scorer.exponential.k)
    if scorer.percentile is not None:
        among = scorer.percentile.among
        group = None if among is None else yardstick.column(among).cast("string")
        return percentile(value, yardstick.peers, group, scorer.percentile.down)
    if scorer.own_baseline is not None:
        return own_baseline(value, yardstick.column(scorer.own_baseline.baseline), scorer.own_baseline.thresholds)
    return category(value, yardstick.labels, scorer.category or {})


def reach(scorer: Scorer) -> tuple[float, float]:
    """The least and the most points that the scorer can give.

    >>> reach(Scorer(thresholds={0: 20, 5: 90}))
    (20.0, 90.0)
    """
    steps = scorer.thresholds or scorer.category or (scorer.own_baseline and scorer.own_baseline.thresholds)
    if steps:
        return float(min(steps.values())), float(max(steps.values()))
    return (1.0, 100.0) if scorer.exponential is not None else (0.0, 100.0)


def other_columns(scorer: Scorer) -> set[str]:
    """Names of further metrics or frame columns that the scorer looks at.

    >>> from holdfast.definitions.scorer import OwnBaseline
    >>> other_columns(Scorer(own_baseline=OwnBaseline(baseline="mau_usual", thresholds={0: 100})))
    {'mau_usual'}
    """
    if scorer.trend_adjusted is not None:
        return {scorer.trend_adjusted.trend} | other_columns(scorer.trend_adjusted.base)
    if scorer.own_baseline is not None:
        return {scorer.own_baseline.baseline}
    if scorer.percentile is not None and scorer.percentile.among is not None:
        return {scorer.percentile.among}
    return set()


def needs_reference(scorer: Scorer) -> bool:
    """Whether the scorer compares with a frozen reference population.

    >>> needs_reference(Scorer(thresholds={0: 0}))
    False
    """
    if scorer.trend_adjusted is not None:
        return needs_reference(scorer.trend_adjusted.base)
    return scorer.exponential is not None or scorer.percentile is not None
