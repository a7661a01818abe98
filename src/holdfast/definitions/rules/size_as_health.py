"""The size of a contract says what is at stake, not how it goes."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.metric import Metric

from .rule import Rule
from .walk import scored_metrics


class SizeAsHealth(Rule):
    """The size of a contract says what is at stake, not how it goes."""

    ids = ("HF-A003",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for scored in scored_metrics(draft):
            metric = draft.metrics.get(scored.metric)
            if scored.card.dial == "health" and metric is not None and _is_size(metric):
                yield self.found("HF-A003", scored.place(key=True),
                                 f"{scored.metric} is the size of the contract, not health",
                                 "use it in a tier scorecard, and to rank what to do first")


def _is_size(metric: Metric) -> bool:
    sizes = {"mrr", "arr", "list_mrr", "reporting_mrr", "reporting_list_mrr"}
    rows = metric.sum or metric.latest
    if metric.record == "subscription" and rows is not None and rows.of is not None:
        return bool(rows.of.names & sizes)
    return metric.expression is not None and metric.expression.names <= sizes and bool(metric.expression.names)
