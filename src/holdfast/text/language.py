"""Whether a text is English: by its everyday words and its script. Nothing else is told apart."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from .word_files import word_file

Language = Literal["en", "unknown"]
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEW = 4
_SCRIPT = 0.25
"""Share of letters beyond the Latin script from which a text is not English."""


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    lists = word_file("languages")
    english = frozenset(str(w) for w in lists["en"])
    return english, frozenset(str(w) for w in lists["other"]) - english


def language(text: str) -> Language:
    """``en``, or ``unknown`` where the words speak for another language or for none.

    Up to four words without any everyday word pass as English when they are plain ASCII.

    >>> language("The page is blank"), language("Die Seite ist leer"), language("Too slow"), language("")
    ('en', 'unknown', 'en', 'unknown')
    """
    words = [w.lower().replace("’", "'") for w in _WORD.findall(text)]
    letters = "".join(words)
    beyond = 0 if letters.isascii() else sum(ord(c) > 0x24F for c in letters)
    if not letters or beyond > _SCRIPT * len(letters):
        return "unknown"
    english, other = _words()
    ours, theirs = sum(map(english.__contains__, words)), sum(map(other.__contains__, words))
    if ours or theirs:
        return "en" if ours > theirs else "unknown"
    return "en" if len(words) <= _FEW and letters.isascii() else "unknown"
