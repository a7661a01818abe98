"""Thresholds that take their numbers from the service tiers."""

from __future__ import annotations

from collections.abc import Sequence

from .expression import Expression
from .service_tier import ServiceTier
from .signal import Case, Signal, Threshold

NEVER = 36_500.0
"""Days that nothing exceeds: where a tier promises no touch of the kind."""


def with_service(one: Signal, service: Sequence[ServiceTier]) -> Signal:
    """The signal with the cases of its thresholds from ``service``: by tier score, else by revenue."""
    asked = {name: threshold for name, threshold in one.thresholds.items() if threshold.service is not None}
    if not asked:
        return one
    filled = {name: _filled(threshold, service) for name, threshold in asked.items()}
    return one.model_copy(update={"thresholds": {**one.thresholds, **filled}})


def _filled(threshold: Threshold, service: Sequence[ServiceTier]) -> Threshold:
    assert threshold.service is not None
    cases = []
    for column in ("tier", "value_tier"):
        for tier in service:
            name = getattr(tier, column).replace("'", "''")
            when = Expression.parse(f"{'tier_band' if column == 'tier' else column} = '{name}'")
            days = getattr(tier, threshold.service)
            cases.append(Case(when=when, value=NEVER if days is None else float(days)))
    return threshold.model_copy(update={"cases": (*threshold.cases, *cases)})
