"""Walking over scorecards, and the place to show for a part that may stem from a built-in base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from holdfast.definitions.draft import Draft
from holdfast.definitions.expression import Expression
from holdfast.definitions.names import SCORE_NAMES
from holdfast.definitions.place import Place
from holdfast.definitions.scorecard import Component, Scorecard, ScoredMetric
from holdfast.definitions.scorer import Scorer


@dataclass(frozen=True)
class Scored:
    """One metric of one component of one scorecard."""

    card: Scorecard
    component: str
    metric: str
    scored: ScoredMetric

    def place(self, *parts: object, key: bool = False) -> Place:
        """Place of a part of this metric's entry."""
        return place(self.card, "components", self.component, "metrics", self.metric, *parts, key=key)


def scorecards(draft: Draft) -> Iterator[Scorecard]:
    """Every scorecard in force."""
    yield from draft.scorecards.values()


def components(draft: Draft) -> Iterator[tuple[Scorecard, str, Component]]:
    """Every component of every scorecard in force."""
    for card in scorecards(draft):
        for name, component in card.components.items():
            yield card, name, component


def scored_metrics(draft: Draft) -> Iterator[Scored]:
    """Every metric of every scorecard in force."""
    for card, name, component in components(draft):
        for metric, scored in component.metrics.items():
            yield Scored(card, name, metric, scored)


def scorers(scored: Scored) -> Iterator[tuple[Scorer, tuple[str, ...]]]:
    """The scorer of an entry and the one inside it, with their paths."""
    scorer = scored.scored.score
    path: tuple[str, ...] = ("score",)
    while True:
        yield scorer, path
        if scorer.trend_adjusted is None:
            return
        scorer, path = scorer.trend_adjusted.base, (*path, "trend_adjusted", "base")


def of_signals(draft: Draft) -> Iterator[tuple[Expression, Place, set[str] | None]]:
    """Conditions of signals and of what answers them, their places, and what they may name besides metrics.

    None where only columns of the account may be named.
    """
    known = {*SCORE_NAMES, *draft.signals}
    for one in draft.signals.values():
        for condition, path in one.conditions:
            yield condition, one.at(*path), known | set(one.thresholds)
        for name, threshold in one.thresholds.items():
            for number, case in enumerate(threshold.cases):
                yield case.when, one.at("thresholds", name, "cases", number, "when"), None
    for check in draft.green_checks.values():
        for condition, path in check.conditions:
            yield condition, check.at(*path), set(SCORE_NAMES)
    for pattern in draft.usage_patterns:
        yield pattern.when, pattern.at("when"), set(SCORE_NAMES)
    for behaviour in draft.behaviours:
        yield behaviour.when, behaviour.at("when"), set(SCORE_NAMES)
    for book in draft.playbooks.values():
        yield book.success.when, book.at("success", "when"), known
    for way in draft.escalations:
        yield way.when, way.at("when"), known
        for number, further in enumerate(way.further):
            if further.when is not None:
                yield further.when, way.at("further", number, "when"), known
    for review in draft.reviews:
        if review.accounts is not None:
            yield review.accounts, review.at("accounts"), known


def place(card: Scorecard, *parts: object, key: bool = False) -> Place:
    """Place of a part of ``card``; the line of ``extends`` where the part is inherited from what ships."""
    found = card.at(*parts, key=key)
    own = card.at("scorecard")
    if found.file.startswith("builtin/") and not own.file.startswith("builtin/"):
        return card.at("extends")
    return found
