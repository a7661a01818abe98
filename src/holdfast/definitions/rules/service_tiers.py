"""Service tiers name tiers that there are, and leave each person at least one account."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest

from .rule import Rule

VALUE_TIERS = ("enterprise", "mid_market", "smb", "starter")


class ServiceTiers(Rule):
    """Service tiers name tiers that there are, and leave each person at least one account."""

    ids = ("HF-E118",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        bands = {b for card in [*draft.library.values(), *draft.scorecards.values()] if card.dial == "tier"
                 for b in card.bands}
        for one in draft.service:
            for key, value, known in (("tier", one.tier, bands), ("value_tier", one.value_tier, set(VALUE_TIERS))):
                if value not in known:
                    yield self.found("HF-E118", one.at(key), f"no tier is called {value!r}",
                                     f"one of: {', '.join(sorted(known))}", nearest(value, known))
            if one.accounts_per_csm < 1:
                yield self.found("HF-E118", one.at("accounts_per_csm"), "one person looks after less than one account",
                                 "give a number from 1 on")
