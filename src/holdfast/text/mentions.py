"""What a message mentions: patterns by kind, outside of denials and suppositions, with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

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


def mentions(message: str, names: re.Pattern[str] | None = None) -> list[Mention]:
    """The mentions in an English message, the first of each kind; ``names`` finds the competitors.

    >>> mentions("Budget cuts, again.")
    [Mention(kind='budget', start=0, end=11)]
    >>> mentions("We are not going to cancel our contract.")
    []
    """
    found = {kind: next(_counting(kind, pattern, message), None) for kind, pattern in _patterns().items()}
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
