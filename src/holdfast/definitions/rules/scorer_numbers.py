"""Thresholds stand in order, points lie between 0 and 100, and a line has two ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.scorer import Scorer

from .rule import Rule
from .walk import Scored, scored_metrics, scorers


class ScorerNumbers(Rule):
    """Thresholds stand in order, points lie between 0 and 100, and a line has two ends."""

    ids = ("HF-E035", "HF-E036", "HF-E045")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for scored in scored_metrics(draft):
            for scorer, path in scorers(scored):
                yield from self._scorer(scored, scorer, path)

    def _scorer(self, scored: Scored, scorer: Scorer, path: tuple[str, ...]) -> Iterator[Finding]:
        for points, where in _tables(scorer):
            at = scored.place(*path, *where)
            keys = [key for key in points if not isinstance(key, str)]
            if keys != sorted(keys):
                yield self.found("HF-E035", at, f"the thresholds of {scored.metric} are not in ascending order",
                                 "write them from the least to the greatest")
            if not points:
                yield self.found("HF-E035", at, f"{scored.metric} has no thresholds", "add value: points")
            for key, value in points.items():
                if not 0 <= value <= 100:
                    yield self.found("HF-E036", at, f"{value:g} points at {key} lie outside 0 to 100",
                                     "points run from 0 to 100")
        line = scorer.linear
        if line is not None and line.from_ == line.to:
            yield self.found("HF-E045", scored.place(*path, "linear"),
                             f"the line of {scored.metric} starts and ends at {line.to:g}",
                             "from gives 0 points, to gives 100")


def _tables(scorer: Scorer) -> Iterator[tuple[Mapping[float, float] | Mapping[str, float], tuple[str, ...]]]:
    if scorer.thresholds is not None:
        yield scorer.thresholds, ("thresholds",)
    if scorer.own_baseline is not None:
        yield scorer.own_baseline.thresholds, ("own_baseline", "thresholds")
    if scorer.category is not None:
        yield scorer.category, ("category",)
