"""Metric expressions name metrics or numeric columns of the account."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.names import FRAME_COLUMNS, FRAME_NUMBERS
from holdfast.definitions.nearest import nearest

from .rule import Rule


class ExpressionNames(Rule):
    """Metric expressions name metrics or numeric columns of the account."""

    ids = ("HF-E023",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        if not draft.complete("metrics"):
            return
        known = draft.names("metrics") | set(FRAME_NUMBERS)
        for metric in draft.metrics.values():
            if metric.expression is None:
                continue
            for name in sorted(metric.expression.names - known):
                hint = "a text or date column cannot be used in a metric expression" \
                    if name in FRAME_COLUMNS else "name a metric, or a numeric column of the account"
                yield self.found("HF-E023", metric.at("expression"), f"the name {name!r} is not known here",
                                 hint, nearest(name, known))
