"""Thresholds are looked at once a year."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.clock import now
from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import place, scorecards


class ReviewDue(Rule):
    """Thresholds are looked at once a year."""

    ids = ("HF-A010",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for card in scorecards(draft):
            if card.reviewed is None:
                yield self.found("HF-A010", place(card, "scorecard"),
                                 f"nobody says when {card.scorecard} was reviewed", "add reviewed: 2026-03-29")
            elif (now().date() - card.reviewed).days > YEAR:
                yield self.found("HF-A010", place(card, "reviewed"),
                                 f"the thresholds of {card.scorecard} were last reviewed on {card.reviewed}",
                                 "look at them against what happened since, then change the date")


YEAR = 365
