"""The reporting currency exists."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.currencies import CURRENCIES
from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest

from .rule import Rule


class Currencies(Rule):
    """The reporting currency exists."""

    ids = ("HF-E071",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        currency = draft.settings.currency
        if currency not in CURRENCIES:
            yield self.found("HF-E071", draft.settings.at("currency"), f"there is no currency {currency!r}",
                             "write its three letters, such as EUR", nearest(currency, CURRENCIES))
