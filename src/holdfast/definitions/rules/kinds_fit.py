"""Expressions compare and compute what goes together."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.expression import Expression
from holdfast.definitions.expression_kinds import Kind, Mismatch, Names, kind_of
from holdfast.definitions.finding import Finding
from holdfast.definitions.metric import Metric
from holdfast.definitions.name_kinds import account_kinds, row_kinds
from holdfast.definitions.place import Place
from holdfast.records import READABLE

from .row_uses import OF_ROWS
from .rule import Rule
from .walk import of_signals, place, scorecards

NUMERIC: tuple[Kind, ...] = ("number", "boolean", "null", "any")


class KindsFit(Rule):
    """Expressions compare and compute what goes together."""

    ids = ("HF-E046",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        kinds = account_kinds(draft.names("metrics"))
        kinds |= dict.fromkeys(draft.signals, "boolean")
        kinds |= dict.fromkeys((name for one in draft.signals.values() for name in one.thresholds), "number")
        kinds["paying_subscriptions"] = "number"
        for expression, at in _conditions(draft):
            yield from self._fits(expression, kinds, at, "a condition")
        for metric in draft.metrics.values():
            if metric.expression is not None:
                yield from self._fits(metric.expression, kinds, metric.at("expression"), "a number")
            elif metric.record is not None and metric.record in READABLE:
                for expression, at in _of_rows(metric):
                    yield from self._fits(expression, row_kinds(metric.record), at, "a number or a condition")

    def _fits(self, expression: Expression, kinds: Names, at: Place, wanted: str) -> Iterator[Finding]:
        try:
            found = kind_of(expression, kinds)
        except Mismatch as mismatch:
            yield self.found("HF-E046", at, f"in {expression.text!r} {mismatch}", "compare like with like, or cast")
            return
        if found not in NUMERIC:
            yield self.found("HF-E046", at, f"{expression.text!r} is a {found}; {wanted} is wanted",
                             "compare it with something")


def _conditions(draft: Draft) -> Iterator[tuple[Expression, Place]]:
    for card in scorecards(draft):
        if card.applies.when is not None:
            yield card.applies.when, place(card, "applies", "when")
        for number, limit in enumerate(card.limits):
            yield limit.when, place(card, "limits", number, "when")
    yield from ((condition, at) for condition, at, _ in of_signals(draft))
    for segment in draft.segments:
        if segment.when is not None:
            yield segment.when, segment.at("when")
    for stage in draft.lifecycle:
        yield stage.when, stage.at("when")
    if draft.settings.scored.when is not None:
        yield draft.settings.scored.when, draft.settings.at("scored", "when")


def _of_rows(metric: Metric) -> Iterator[tuple[Expression, Place]]:
    for primitive in OF_ROWS:
        rows = getattr(metric, primitive)
        for part in ("of", "where"):
            expression = getattr(rows, part, None)
            if isinstance(expression, Expression):
                yield expression, metric.at(primitive, part)
