"""Which components of an edited scorecard are as they were, so that what they came to need not be found anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Component, Scorecard

from .reference import References

Before = tuple[Mapping[str, Scorecard], Mapping[str, Metric], References]
"""Scorecards, metrics and references that some of the stored days were scored with."""


def same_components(
    card: Scorecard, definitions: Mapping[str, Metric], references: References, before: Sequence[Before]
) -> dict[str, int]:
    """By component that nothing touched on any stored day, its number in the scorecards of those days."""
    found: dict[str, int] = {}
    for name, part in card.components.items():
        numbers = {
            _number(name, cards.get(card.scorecard))
            if _same(card, name, part, definitions, references, (cards, metrics, old))
            else None
            for cards, metrics, old in before
        }
        if len(numbers) == 1 and (number := numbers.pop()) is not None:
            found[name] = number
    return found


def same_choice(cards: Sequence[Scorecard], before: Sequence[Before], dial: str) -> bool:
    """Whether the scorecards of a dial apply to whom they applied on every stored day."""

    def rules(group: Sequence[Scorecard]) -> list[Any]:
        return sorted(
            (c.scorecard, c.applies.priority, c.applies.when.text if c.applies.when else "")
            for c in group
            if c.dial == dial
        )

    return all(rules(cards) == rules(list(old.values())) for old, _, _ in before)


def _number(name: str, card: Scorecard | None) -> int | None:
    return list(card.components).index(name) if card is not None and name in card.components else None


def _same(
    card: Scorecard,
    name: str,
    part: Component,
    definitions: Mapping[str, Metric],
    references: References,
    before: Before,
) -> bool:
    cards, metrics, old = before
    was = cards.get(card.scorecard)
    if was is None or name not in was.components or was.dial != card.dial:
        return False
    inside = part.metrics
    return (
        _rules(card, part) == _rules(was, was.components[name])
        and all(metrics.get(m) == definitions.get(m) for m in inside)
        and all(references.get(card, m) == old.get(was, m) for m in inside)
    )


def _rules(card: Scorecard, part: Component) -> list[Any]:
    """What of a component bears on the score, in the order in which it is summed."""
    return [
        (name, m.weight, m.score.model_dump(), m.max_age, m.missing or card.missing) for name, m in part.metrics.items()
    ]
