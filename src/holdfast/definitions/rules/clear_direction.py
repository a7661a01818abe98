"""Points rise where the metric says that more is good."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.scorer import Scorer

from .rule import Rule
from .walk import scored_metrics, scorers


class ClearDirection(Rule):
    """Points rise where the metric says that more is good."""

    ids = ("HF-A004",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for scored in scored_metrics(draft):
            metric = draft.metrics.get(scored.metric)
            if metric is None or scored.card.dial in ("tier", "data"):
                continue
            for scorer, _ in scorers(scored):
                turn = _turn(scorer) if scored.card.dial != "risk" else ""
                if metric.direction == "none" and turn:
                    yield self.found("HF-A004", scored.place(key=True),
                                     f"{scored.metric} does not say whether more is good",
                                     "give the metric direction: up or down, or weigh a change of it")
                elif turn and turn != metric.direction:
                    yield self.found("HF-A004", scored.place("score"),
                                     f"more of {scored.metric} is good by its definition, bad by its points"
                                     if metric.direction == "up" else
                                     f"more of {scored.metric} is bad by its definition, good by its points",
                                     "turn the scorer or the metric's direction round")


def _turn(scorer: Scorer) -> str:
    if scorer.linear is not None:
        return "up" if scorer.linear.to > scorer.linear.from_ else "down"
    if scorer.percentile is not None:
        return "down" if scorer.percentile.down else "up"
    points = list((scorer.thresholds or {}).values())
    if (points != sorted(points) and points != sorted(points, reverse=True)) or len(set(points)) < 2:
        return ""
    return "up" if points[-1] > points[0] else "down"
