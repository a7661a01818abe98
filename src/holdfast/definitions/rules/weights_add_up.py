"""Metric weights sum to their component's, components to 100, and none is negative."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import components, place, scorecards, scored_metrics


class WeightsAddUp(Rule):
    """Metric weights sum to their component's, components to 100, and none is negative."""

    ids = ("HF-E030", "HF-E031", "HF-E032")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for card in scorecards(draft):
            total = sum(component.weight for component in card.components.values())
            if not isclose(total, 100, abs_tol=1e-9):
                yield self.found("HF-E031", place(card, "components", key=True),
                                 f"the components of {card.scorecard} weigh {total:g} together, not 100",
                                 "change weights until they sum to 100")
        for card, name, component in components(draft):
            at = place(card, "components", name, "weight")
            total = sum(scored.weight for scored in component.metrics.values())
            if not isclose(total, component.weight, abs_tol=1e-9):
                yield self.found("HF-E030", at,
                                 f"{name} weighs {component.weight:g}, but its metrics sum to {total:g}",
                                 "the metrics of a component sum to its weight")
            if component.weight < 0:
                yield self.found("HF-E032", at, f"the weight of {name} is negative",
                                 "turn the scorer round instead")
        for scored in scored_metrics(draft):
            if scored.scored.weight < 0:
                yield self.found("HF-E032", scored.place("weight"),
                                 f"the weight of {scored.metric} is negative", "turn the scorer round instead")
