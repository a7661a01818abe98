"""Shares such as the hold limit and the coverage floor lie between 0 and 1."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import place, scorecards


class Shares(Rule):
    """Shares such as the hold limit and the coverage floor lie between 0 and 1."""

    ids = ("HF-E074",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        shares = [(draft.settings.hold_above, draft.settings.at("hold_above"))]
        shares += [(s.hold_above, s.at("hold_above")) for s in draft.own.sources if s.hold_above is not None]
        shares += [(card.withhold_below_coverage, place(card, "withhold_below_coverage"))
                   for card in scorecards(draft)]
        for value, at in shares:
            if not 0 <= value <= 1:
                yield self.found("HF-E074", at, f"{value:g} is not a share between 0 and 1",
                                 "5 % is written 0.05")
