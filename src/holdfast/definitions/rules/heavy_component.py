"""A component above 40 % decides nearly alone."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import components, place


class HeavyComponent(Rule):
    """A component above 40 % decides nearly alone."""

    ids = ("HF-A001",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for card, name, component in components(draft):
            if component.weight > 40 and len(card.components) > 1:
                yield self.found("HF-A001", place(card, "components", name, "weight"),
                                 f"{name} weighs {component.weight:g} of 100",
                                 "above 40 one component drowns what the others see")
