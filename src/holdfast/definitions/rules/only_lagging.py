"""A score of lagging inputs tells what happened, not what will."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import place, scorecards


class OnlyLagging(Rule):
    """A score of lagging inputs tells what happened, not what will."""

    ids = ("HF-A008",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for card in scorecards(draft):
            metrics = [draft.metrics.get(name) for part in card.components.values() for name in part.metrics]
            if card.dial == "health" and metrics and all(m is not None and m.horizon == "lagging" for m in metrics):
                yield self.found("HF-A008", place(card, "components", key=True),
                                 f"every input of {card.scorecard} is lagging",
                                 "add leading ones, such as changes of use")
