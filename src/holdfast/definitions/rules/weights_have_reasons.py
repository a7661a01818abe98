"""Whoever weighs says why."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import place, scorecards


class WeightsHaveReasons(Rule):
    """Whoever weighs says why."""

    ids = ("HF-A011",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for card in scorecards(draft):
            if not card.reason and not all(component.reason for component in card.components.values()):
                yield self.found("HF-A011", place(card, "components", key=True),
                                 f"{card.scorecard} gives no reason for its weights",
                                 "add reason: to the scorecard, or to each component")
