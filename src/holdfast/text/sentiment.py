"""The mood of a message: VADER with the words of support, from -1 to 1."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

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
        self._vader = SentimentIntensityAnalyzer()
        for word in rules["silent"]:
            self._vader.lexicon.pop(str(word), None)
        self._vader.lexicon.update({str(w): float(v) for w, v in rules["words"].items()})
        valences = [float(v) for v in rules["phrases"].values()]
        for number, valence in enumerate(valences):
            self._vader.lexicon[f"{_STANDS_IN}{number}"] = valence
        self._phrases = any_of(f"(?P<p{n}>{phrase(p)})" for n, p in enumerate(rules["phrases"]))

    def mood(self, message: str) -> float:
        """The mood of a message whose greeting and signature are gone."""
        told = self._phrases.sub(lambda m: f" {_STANDS_IN}{str(m.lastgroup)[1:]} ", message)
        compound = float(self._vader.polarity_scores(told)["compound"])
        return compound * (_ASKED if _ASKS.match(message.strip()) else 1)


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
