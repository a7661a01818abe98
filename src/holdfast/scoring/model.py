"""What scores accounts on a day: scorecards, references and metric definitions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard

from .choose import by_dial
from .inputs import names_used, resting_on
from .reference import References


@dataclass(frozen=True, eq=False)
class Model:
    """The scorecards in force on a day, their references, and the metric definitions."""

    scorecards: Sequence[Scorecard]
    references: References
    definitions: Mapping[str, Metric]

    def without_floor(self, dial: str) -> Model:
        """The scorecards of one dial, with no coverage too small: states in between must have a number."""
        cards = [c.model_copy(update={"withhold_below_coverage": 0.0}) for c in self.scorecards if c.dial == dial]
        return replace(self, scorecards=cards)

    def card(self, name: str | None) -> Scorecard | None:
        """The scorecard of that name."""
        return next((c for c in self.scorecards if c.scorecard == name), None)

    @cached_property
    def text(self) -> str:
        """Everything besides the inputs that decides how they are scored."""
        metrics = sorted(resting_on(names_used(self.scorecards), self.definitions))
        parts = [
            [card.model_dump_json() for card in self.scorecards],
            [repr(self.definitions[name]) for name in metrics],
            self.references.to_json(),
        ]
        return json.dumps(parts, sort_keys=True)


@lru_cache(maxsize=16)
def between(before: Model, after: Model, dial: str) -> tuple[Model, Model, Model | None]:
    """Both without floors, and the later one with the references of both; None where the model did not change."""
    first, last = before.without_floor(dial), after.without_floor(dial)
    if _alike(first, last):
        return first, last, None
    return first, last, replace(last, references=last.references.merged(first.references))


def _alike(before: Model, after: Model) -> bool:
    """The version and the reason alone do not count as a change."""

    def bare(model: Model) -> list[Scorecard]:
        cards = [c for group in by_dial(model.scorecards).values() for c in group]
        return [c.model_copy(update={"version": 0, "reason": "", "reviewed": None}) for c in cards]

    return bare(before) == bare(after) and before.references == after.references
