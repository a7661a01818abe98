"""What a scorecard changes against the one that it extends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .bundle import Definitions
from .extends import OWN
from .place import Place
from .scorecard import Scorecard


@dataclass(frozen=True)
class Change:
    """One difference. ``path`` such as ``components.usage.weight``; the absent side is None.

    >>> print(Change("components.usage.weight", "changed", 30, 35, Place("scorecards/health.yml", 4, 13)))
    components.usage.weight: 30 -> 35
    """

    path: str
    kind: Literal["added", "removed", "changed"]
    before: Any
    after: Any
    place: Place

    def __str__(self) -> str:
        if self.kind == "added":
            return f"{self.path}: added, {_words(self.after)}"
        if self.kind == "removed":
            return f"{self.path}: removed, was {_words(self.before)}"
        return f"{self.path}: {_words(self.before)} -> {_words(self.after)}"


def base_of(definitions: Definitions, card: Scorecard) -> Scorecard | None:
    """The scorecard that ``card`` extends; None where it extends nothing."""
    if card.extends is None:
        return None
    own = definitions.scorecards.get(card.extends)
    return own if own is not None and card.extends != card.scorecard else definitions.library[card.extends]


def extends_diff(definitions: Definitions, card: Scorecard) -> tuple[Change, ...]:
    """Every difference between ``card`` and its base, in the order of the file; none without a base."""
    base = base_of(definitions, card)
    return () if base is None else tuple(differences(base, card))


def differences(base: Scorecard, card: Scorecard) -> list[Change]:
    """Every difference between two scorecards, names and versions aside."""
    before, after = _leaves(base), _leaves(card)
    changes = []
    for path in [*after, *(path for path in before if path not in after)]:
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        kind: Literal["added", "removed", "changed"] = \
            "added" if path not in before else "removed" if path not in after else "changed"
        changes.append(Change(".".join(path), kind, old, new, card.at(*path)))
    return changes


def _leaves(card: Scorecard) -> dict[tuple[str, ...], Any]:
    data = card.model_dump(by_alias=True, exclude_none=True, exclude=set(OWN))
    return dict(_walk(data, ()))


def _walk(value: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    if isinstance(value, Mapping) and value and path[-1:] != ("score",):
        return [leaf for key, inner in value.items() for leaf in _walk(inner, (*path, str(key)))]
    return [] if value in ({}, (), "") else [(path, value)]


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_words(key)}: {_words(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "; ".join(_words(inner) for inner in value)
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
