"""What a message mentions: patterns by kind, outside of denials and suppositions, with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from .lower_case import any_of_lower, lowered
from .scope import denied, supposed
from .word_files import any_of, phrase, word_file

KINDS = (
    "budget", "cancellation", "champion_leaving", "competitor", "complaint", "contract", "downgrade", "evaluation",
    "feature_gap", "frustration", "reorganisation",
)


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One mention: its kind and the offsets of its words in the text, the end exclusive."""

    kind: str
    start: int
    end: int


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    rules = word_file("mentions")
    return {kind: any_of(map(phrase, rules[kind])) for kind in KINDS if kind in rules}


@cache
def _lower_patterns() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """For text in lower case: a pattern of all kinds together, and one a kind."""
    phrases = {kind: [phrase(rule) for rule in word_file("mentions")[kind]] for kind in _patterns()}
    together = any_of_lower(part for parts in phrases.values() for part in parts)
    return together, {kind: any_of_lower(parts) for kind, parts in phrases.items()}


def _possible(message: str) -> Iterable[str]:
    """The kinds whose pattern may match: quick to tell, and most messages have none."""
    low = lowered(message)
    if low is None:
        return _patterns()
    together, kinds = _lower_patterns()
    return [kind for kind, pattern in kinds.items() if pattern.search(low)] if together.search(low) else []


def mentions(message: str, names: re.Pattern[str] | None = None) -> list[Mention]:
    """The mentions in an English message, the first of each kind; ``names`` finds the competitors.

    >>> mentions("Budget cuts, again.")
    [Mention(kind='budget', start=0, end=11)]
    >>> mentions("We are not going to cancel our contract.")
    []
    """
    found = {kind: next(_counting(kind, _patterns()[kind], message), None) for kind in _possible(message)}
    if names is not None:
        found["competitor"] = next(_counting("competitor", names, message), None)
    return sorted(m for m in found.values() if m is not None)


def _counting(kind: str, pattern: re.Pattern[str], message: str) -> Iterator[Mention]:
    beside = None
    for match in pattern.finditer(message):
        start, end = match.span()
        beside = supposed(message) if beside is None else beside
        if any(a <= start < b for a, b in beside):
            continue
        since = max((b for _, b in beside if b <= start), default=0)
        if not denied(message, start, end, since):
            yield Mention(kind, start, end)
