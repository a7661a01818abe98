"""A total since the beginning only ever grows."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.records import READABLE

from .rule import Rule


class AllTimeTotals(Rule):
    """A total since the beginning only ever grows."""

    ids = ("HF-A002",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for metric in draft.metrics.values():
            rows = next((r for p in ("count", "sum", "distinct", "weighted") if (r := getattr(metric, p))), None)
            record = READABLE.get(metric.record or "")
            if rows is not None and record is not None and record.dated_by and metric.window is None \
                    and rows.where is None and record.name != "account":
                yield self.found("HF-A002", metric.at(key=True),
                                 f"{metric.name} adds up everything that ever happened",
                                 "give it a window, such as 30d, so that it can fall")
