"""A workspace has at least one scorecard of the dial health."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.place import Place

from .rule import Rule


class SomethingScores(Rule):
    """A workspace has at least one scorecard of the dial health."""

    ids = ("HF-W004",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        if draft.alone or not draft.complete("scorecards"):
            return
        if not any(card.dial == "health" for card in draft.scorecards.values()) and not draft.own.scorecards:
            yield self.found("HF-W004", Place("holdfast.yml"), "no scorecard scores health",
                             "add a file to scorecards/, or name one that ships under scorecards:")
