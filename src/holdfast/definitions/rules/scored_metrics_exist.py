"""Scorecards weigh metrics that exist."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest
from holdfast.definitions.scorer import Scorer

from .rule import Rule
from .walk import scored_metrics, scorers


class ScoredMetricsExist(Rule):
    """Scorecards weigh metrics that exist."""

    ids = ("HF-E033", "HF-E044")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        if not draft.complete("metrics"):
            return
        known = draft.names("metrics")
        for scored in scored_metrics(draft):
            if scored.metric not in known:
                yield self.found("HF-E033", scored.place(key=True), f"the metric {scored.metric!r} is not known",
                                 "`holdfast metrics` lists all", nearest(scored.metric, known))
            for scorer, path in scorers(scored):
                for part, key, name in _named(scorer):
                    if name not in known:
                        yield self.found("HF-E044", scored.place(*path, part, key),
                                         f"the metric {name!r} is not known", "`holdfast metrics` lists all",
                                         nearest(name, known))


def _named(scorer: Scorer) -> Iterator[tuple[str, str, str]]:
    if scorer.trend_adjusted is not None:
        yield "trend_adjusted", "trend", scorer.trend_adjusted.trend
    if scorer.own_baseline is not None:
        yield "own_baseline", "baseline", scorer.own_baseline.baseline
