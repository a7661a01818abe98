"""An entry of a scorecard gives exactly one scorer."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.scorer import Scorer

from .rule import Rule
from .walk import scored_metrics, scorers


class OneScorer(Rule):
    """An entry of a scorecard gives exactly one scorer."""

    ids = ("HF-E034",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        kinds = [name for name in Scorer.model_fields if name != "place"]
        for scored in scored_metrics(draft):
            for scorer, path in scorers(scored):
                given = [name for name in kinds if getattr(scorer, name) is not None]
                if len(given) != 1:
                    what = f"{' and '.join(given)} are given" if given else "no scorer is given"
                    yield self.found("HF-E034", scored.place(*path),
                                     f"{scored.metric}: {what}; exactly one is wanted",
                                     f"one of: {', '.join(kinds)}")
