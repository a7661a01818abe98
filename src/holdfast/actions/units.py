"""Units as words: what is counted once stands in the singular."""

from __future__ import annotations

SMALL = {"a", "an", "of", "per", "times", "to"}
IRREGULAR = {"people": "person"}


def unit_of_one(unit: str) -> str:
    """The unit of a single thing: what is counted stands before the first small word.

    >>> [unit_of_one(unit) for unit in ("tickets", "people", "weighted actions", "errors an action")]
    ['ticket', 'person', 'weighted action', 'error an action']
    >>> unit_of_one("times the price"), unit_of_one("chance"), unit_of_one("process"), unit_of_one("bonus points")
    ('times the price', 'chance', 'process', 'bonus point')
    """
    words = unit.replace("_", " ").split(" ")
    counted = next((place for place, word in enumerate(words) if word in SMALL), len(words))
    return " ".join([*map(_one, words[:counted]), *words[counted:]])


def _one(word: str) -> str:
    if word in IRREGULAR or word.endswith(("ss", "us", "is")):
        return IRREGULAR.get(word, word)
    return word.removesuffix("s")
