"""A metric gives exactly one primitive."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.metric import PRIMITIVES

from .rule import Rule


class OnePrimitive(Rule):
    """A metric gives exactly one primitive."""

    ids = ("HF-E026",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for metric in draft.metrics.values():
            given = [name for name in PRIMITIVES if getattr(metric, name) is not None]
            if len(given) != 1:
                what = f"{' and '.join(given)} are given" if given else "no way to compute it is given"
                yield self.found("HF-E026", metric.at(key=True), f"{metric.name}: {what}; exactly one is wanted",
                                 f"one of: {', '.join(PRIMITIVES)}")
