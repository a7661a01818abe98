"""A metric of the workspace replaces the one that ships under its name."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule


class ReplacedMetrics(Rule):
    """A metric of the workspace replaces the one that ships under its name."""

    ids = ("HF-A013",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for metric in draft.own.metrics if not draft.alone else ():
            if metric.name in draft.shipped_metrics:
                yield self.found("HF-A013", metric.at(key=True), f"{metric.name} replaces the metric that ships",
                                 "every scorecard that names it reads the new meaning; another name avoids that")
