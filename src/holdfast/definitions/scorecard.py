"""A scorecard: what is weighed, how missing data count, what limits hold, which bands there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from .expression import Expression
from .model import Definition
from .scorer import Scorer

Missing = Literal["redistribute", "neutral", "zero", "worst"]
HEALTH_BANDS = ("thriving", "healthy", "neutral", "at_risk", "critical")


class ScoredMetric(Definition):
    """One metric in a component. ``max_age`` such as 14d: an older input is missing."""

    weight: float
    score: Scorer
    max_age: str | None = None
    missing: Missing | None = None
    reason: str = ""


class Component(Definition):
    """A named part of the score; its metrics' weights sum to its own."""

    weight: float
    metrics: Mapping[str, ScoredMetric]
    label: str = ""
    reason: str = ""


class Limit(Definition):
    """A cap or floor that holds while ``when`` is true, at most ``expires`` days from its first day."""

    when: Expression
    why: str
    cap: float | None = None
    floor: float | None = None
    expires: str | None = None


class Applies(Definition):
    """Whom the scorecard is for. The highest priority whose condition holds wins within a dial."""

    priority: int = 0
    when: Expression | None = None


class Reference(Definition):
    """The day from which p90 and peer ranks are computed."""

    on: date


class Scorecard(Definition):
    """A scorecard after its ``extends`` has been resolved; ``extends`` keeps the name of the base."""

    scorecard: str
    version: int
    dial: Literal["health", "value", "tier", "stakeholder", "adoption", "risk", "data", "pulse"] = "health"
    label: str = ""
    reason: str = ""
    reviewed: date | None = None
    extends: str | None = None
    applies: Applies = Applies()
    components: Mapping[str, Component]
    reference: Reference | None = None
    missing: Missing = "redistribute"
    withhold_below_coverage: float = 0.5
    limits: tuple[Limit, ...] = ()
    bands: Mapping[str, float]
    colors: Mapping[str, Literal["green", "yellow", "red", "none"]] = {}
    accept: tuple[Mapping[str, str], ...] = ()
    roll_up: Literal["own", "lowest_child", "revenue_weighted"] = "own"
