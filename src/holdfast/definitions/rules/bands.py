"""Bands fall from the best to the last one at 0; health uses its closed list."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest
from holdfast.definitions.scorecard import HEALTH_BANDS

from .rule import Rule
from .walk import place, scorecards


class Bands(Rule):
    """Bands fall from the best to the last one at 0; health uses its closed list."""

    ids = ("HF-E037", "HF-E040")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for card in scorecards(draft):
            at, cuts = place(card, "bands"), list(card.bands.values())
            if cuts != sorted(set(cuts), reverse=True) or not cuts or cuts[-1] != 0 or cuts[0] > 100:
                yield self.found("HF-E037", at, f"the bands of {card.scorecard} are out of order",
                                 "write the lower ends from the highest to the last one, which is 0")
            if card.dial == "health":
                for name in card.bands:
                    if name not in HEALTH_BANDS:
                        yield self.found("HF-E037", place(card, "bands", name, key=True),
                                         f"the dial health has no band {name!r}",
                                         f"one of: {', '.join(HEALTH_BANDS)}", nearest(name, HEALTH_BANDS))
            for name in card.colors:
                if name not in card.bands:
                    yield self.found("HF-E040", place(card, "colors", name, key=True),
                                     f"there is no band {name!r} to colour", "", nearest(name, card.bands))
