"""A limit is a cap or a floor between 0 and 100."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import place, scorecards


class Limits(Rule):
    """A limit is a cap or a floor between 0 and 100."""

    ids = ("HF-E039",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for card in scorecards(draft):
            for number, limit in enumerate(card.limits):
                given = [value for value in (limit.cap, limit.floor) if value is not None]
                if len(given) != 1 or not 0 <= given[0] <= 100:
                    yield self.found("HF-E039", place(card, "limits", number),
                                     "a limit has either a cap or a floor, from 0 to 100", "cap: 49")
