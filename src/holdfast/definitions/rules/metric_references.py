"""Ratios, changes, baselines and the like name metrics that exist."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest

from .metric_links import metric_links
from .rule import Rule


class MetricReferences(Rule):
    """Ratios, changes, baselines and the like name metrics that exist."""

    ids = ("HF-E024",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        if not draft.complete("metrics"):
            return
        known = draft.names("metrics")
        for metric in draft.metrics.values():
            for name, at in metric_links(metric):
                if name not in known:
                    yield self.found("HF-E024", at, f"the metric {name!r} is not known",
                                     "`holdfast metrics` lists all", nearest(name, known))
