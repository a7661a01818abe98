"""New customers need a scorecard of their own."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import place, scorecards


class NewCustomers(Rule):
    """New customers need a scorecard of their own."""

    ids = ("HF-A009",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        if draft.alone:
            return
        cards = [card for card in scorecards(draft) if card.dial == "health"]
        by_age = {"tenure_days", "lifecycle", "first_start", "created_on", "launched_on"}
        if cards and not any(card.applies.when and card.applies.when.names & by_age for card in cards):
            yield self.found("HF-A009", place(cards[0], "scorecard"),
                             "no scorecard of the dial health is for new customers",
                             "add one with applies: {priority: 10, when: tenure_days < 90}")
