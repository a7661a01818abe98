"""Conditions of scorecards, limits, signals, playbooks, segments and settings name what exists."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.expression import Expression
from holdfast.definitions.finding import Finding
from holdfast.definitions.names import FRAME_COLUMNS
from holdfast.definitions.nearest import nearest
from holdfast.definitions.place import Place

from .rule import Rule
from .walk import of_signals, place, scorecards


class ConditionNames(Rule):
    """Conditions of scorecards, limits, signals, playbooks, segments and settings name what exists."""

    ids = ("HF-E021",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        metrics = draft.names("metrics") if draft.complete("metrics") else None
        for card in scorecards(draft):
            if card.applies.when is not None:
                yield from self._unknown(card.applies.when, metrics, place(card, "applies", "when"))
            for number, limit in enumerate(card.limits):
                yield from self._unknown(limit.when, metrics, place(card, "limits", number, "when"))
        for condition, at, further in of_signals(draft):
            if further is None:
                yield from self._unknown(condition, set(), at)
            elif metrics is not None and draft.complete("signals"):
                yield from self._unknown(condition, metrics | further, at)
        for segment in draft.segments:
            if segment.when is not None:
                yield from self._unknown(segment.when, set(), segment.at("when"), ("segment", "scored", "not_scored"))
        if draft.settings.scored.when is not None:
            yield from self._unknown(draft.settings.scored.when, set(), draft.settings.at("scored", "when"),
                                     ("scored", "not_scored"))

    def _unknown(
        self, expression: Expression, metrics: set[str] | None, at: Place, later: tuple[str, ...] = ()
    ) -> Iterator[Finding]:
        known = set(FRAME_COLUMNS) | (metrics or set())
        for name in sorted(expression.names):
            if name in later or (name not in known and (metrics is not None)):
                what = "a metric or a column of the account" if metrics else "a column of the account"
                yield self.found("HF-E021", at, f"the name {name!r} is not known here; {what} is wanted",
                                 "`holdfast metrics` lists them", nearest(name, known - set(later)))
