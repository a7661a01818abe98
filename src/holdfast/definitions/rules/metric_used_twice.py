"""A metric that counts twice weighs more than it seems."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import scored_metrics


class MetricUsedTwice(Rule):
    """A metric that counts twice weighs more than it seems."""

    ids = ("HF-A005",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        seen: dict[tuple[str, str], str] = {}
        for scored in scored_metrics(draft):
            key = (scored.card.scorecard, scored.metric)
            if key in seen:
                yield self.found("HF-A005", scored.place(key=True),
                                 f"{scored.metric} counts in {seen[key]} and in {scored.component}",
                                 "keep it where it says most")
            seen.setdefault(key, scored.component)
