"""Two scorecards of one dial never apply with the same priority and condition."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import place, scorecards


class ScorecardsDecide(Rule):
    """Two scorecards of one dial never apply with the same priority and condition."""

    ids = ("HF-E042",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        if draft.alone:
            return
        first: dict[tuple[str, int, str], str] = {}
        for card in scorecards(draft):
            when = card.applies.when.text if card.applies.when is not None else ""
            key = (card.dial, card.applies.priority, " ".join(when.split()).lower())
            if key in first:
                yield self.found("HF-E042", place(card, "applies"),
                                 f"{card.scorecard} and {first[key]} have the same dial, priority and condition",
                                 "give one of them another priority, or a condition under applies: when")
            first.setdefault(key, card.scorecard)
