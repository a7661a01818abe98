"""Equal weights are a choice that nobody made."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import place, scorecards


class EqualWeights(Rule):
    """Equal weights are a choice that nobody made."""

    ids = ("HF-A006",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for card in scorecards(draft):
            weights = {component.weight for component in card.components.values()}
            if len(card.components) > 2 and len(weights) == 1:
                yield self.found("HF-A006", place(card, "components", key=True),
                                 f"all components of {card.scorecard} weigh the same",
                                 "weigh what foretells churn more; `holdfast try` compares")
