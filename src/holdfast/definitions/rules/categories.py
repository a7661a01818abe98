"""A category scorer names labels of its metric."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest

from .rule import Rule
from .walk import scored_metrics, scorers


class Categories(Rule):
    """A category scorer names labels of its metric."""

    ids = ("HF-E043",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for scored in scored_metrics(draft):
            metric = draft.metrics.get(scored.metric)
            for scorer, path in scorers(scored):
                if scorer.category is None or metric is None:
                    continue
                labels = list(metric.labels.values())
                for label in scorer.category:
                    if label not in labels:
                        yield self.found("HF-E043", scored.place(*path, "category", label, key=True),
                                         f"{scored.metric} has no label {label!r}",
                                         f"its labels: {', '.join(labels) or 'none'}", nearest(label, labels))
