"""The mood of a message: VADER with the words of support, from -1 to 1."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from .lower_case import any_of_lower, lowered
from .vader import Vader
from .word_files import any_of, phrase, word_file

Sentiment = Literal["negative", "neutral", "positive"]
THRESHOLD = 0.2
"""Mood from which a text counts as positive, and below whose negative as negative."""
_ASKS = re.compile(
    r"^\W*(?:how|where|when|which|what|who|can|could|may|do|does|did|is|are|would|should|please|any)\b[^.!]*$",
    re.IGNORECASE,
)
_ASKED = 0.4
_STANDS_IN = "holdfastphrase"


class Lexicon:
    """VADER and the phrases of support together."""

    def __init__(self) -> None:
        rules = word_file("sentiment")
        self._vader = Vader()
        for word in rules["silent"]:
            self._vader.lexicon.pop(str(word), None)
        self._vader.lexicon.update({str(w): float(v) for w, v in rules["words"].items()})
        valences = [float(v) for v in rules["phrases"].values()]
        for number, valence in enumerate(valences):
            self._vader.lexicon[f"{_STANDS_IN}{number}"] = valence
        phrases = [f"{phrase(p)}(?P<p{n}>)" for n, p in enumerate(rules["phrases"])]
        self._phrases, self._lower = any_of(phrases), any_of_lower(phrases)

    def mood(self, message: str) -> float:
        """The mood of a message whose greeting and signature are gone."""
        compound = self._vader.compound(self._told(message))
        return compound * (_ASKED if _ASKS.match(message.strip()) else 1)

    def _told(self, message: str) -> str:
        """The message with a word of ours in place of each phrase."""
        low = lowered(message)
        parts, end = [], 0
        for match in self._phrases.finditer(message) if low is None else self._lower.finditer(low):
            parts += [message[end:match.start()], f" {_STANDS_IN}{str(match.lastgroup)[1:]} "]
            end = match.end()
        return "".join([*parts, message[end:]])


@cache
def _lexicon() -> Lexicon:
    return Lexicon()


def mood(message: str) -> float:
    """The mood of an English message, -1 to 1, rounded to four places.

    >>> mood("The export is broken again") < -0.2, mood("Please send the invoice") == 0
    (True, True)
    """
    return round(_lexicon().mood(message), 4)


def sentiment(value: float) -> Sentiment:
    """The word for a mood."""
    if value >= THRESHOLD:
        return "positive"
    return "negative" if value <= -THRESHOLD else "neutral"
