"""Expressions over rows name columns of the metric's record."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.names import row_columns
from holdfast.definitions.nearest import nearest
from holdfast.records import READABLE

from .row_uses import row_uses
from .rule import Rule


class RowNames(Rule):
    """Expressions over rows name columns of the metric's record."""

    ids = ("HF-E022",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for metric in draft.metrics.values():
            if metric.record is None or metric.record not in READABLE:
                continue
            known = row_columns(metric.record, metric.derived)
            for used in row_uses(metric):
                for name in sorted(used.names - known):
                    yield self.found("HF-E022", used.place, f"{metric.record} has no column {name!r}",
                                     "`holdfast metrics` names the columns that a metric may read",
                                     nearest(name, known))
