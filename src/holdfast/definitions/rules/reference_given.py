"""A scorer that looks at other accounts needs the day from which it takes them."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import scored_metrics, scorers


class ReferenceGiven(Rule):
    """A scorer that looks at other accounts needs the day from which it takes them."""

    ids = ("HF-E038",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for scored in scored_metrics(draft):
            if scored.card.reference is not None:
                continue
            for scorer, path in scorers(scored):
                for kind in ("exponential", "percentile"):
                    if getattr(scorer, kind) is not None:
                        yield self.found("HF-E038", scored.place(*path, kind),
                                         f"{scored.metric} is scored by {kind}, but the scorecard has no reference",
                                         "add reference: {on: 2026-03-29}")
