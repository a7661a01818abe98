"""A heavy yes or no jumps where a degree would move."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule
from .walk import scored_metrics


class YesOrNoInputs(Rule):
    """A heavy yes or no jumps where a degree would move."""

    ids = ("HF-A007",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for scored in scored_metrics(draft):
            metric = draft.metrics.get(scored.metric)
            if metric is not None and scored.scored.weight >= 10 and (
                metric.unit == "yes or no" or set(metric.labels) == {0, 1}
            ):
                yield self.found("HF-A007", scored.place("weight"),
                                 f"{scored.metric} is yes or no and moves {scored.scored.weight:g} points at once",
                                 "use a metric of degree, such as days since or a share, or weigh it below 10")
