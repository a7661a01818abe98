"""Walking over scorecards, and the place to show for a part that may stem from a built-in base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from holdfast.definitions.draft import Draft
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


def place(card: Scorecard, *parts: object, key: bool = False) -> Place:
    """Place of a part of ``card``; the line of ``extends`` where the part is inherited from what ships."""
    found = card.at(*parts, key=key)
    own = card.at("scorecard")
    if found.file.startswith("builtin/") and not own.file.startswith("builtin/"):
        return card.at("extends")
    return found
