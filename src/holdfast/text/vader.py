"""VADER without the work that changes nothing: its scores stay its own."""

from __future__ import annotations

from vaderSentiment.vaderSentiment import NEGATE, SentimentIntensityAnalyzer, SentiText

_TURNS = frozenset([*NEGATE, "so", "this"])


class Vader(SentimentIntensityAnalyzer):
    """VADER, which looks at the words around a word and not at all words of the text for each of them."""

    def compound(self, text: str) -> float:
        """The score of a text from -1 to 1, 0 where no word of it has one.

        >>> Vader().compound("The page is open."), Vader().compound("Not bad")
        (0.0, 0.431)
        """
        if text.isascii() and self._silent(text):
            return 0.0
        return float(self.polarity_scores(text)["compound"])

    def _silent(self, text: str) -> bool:
        bare = SentiText._strip_punc_if_word
        return not any(bare(word).lower() in self.lexicon for word in text.split())

    @staticmethod
    def _negation_check(valence: float, words: list[str], start_i: int, i: int) -> float:
        near = words[i - start_i - 1:i + 1]
        before = [word.lower() for word in near[:-1]]
        if not any(word in _TURNS or "n't" in word for word in before):
            return valence
        turned: float = SentimentIntensityAnalyzer._negation_check(valence, near, start_i, start_i + 1)
        return turned

    @staticmethod
    def _special_idioms_check(valence: float, words: list[str], i: int) -> float:
        special: float = SentimentIntensityAnalyzer._special_idioms_check(valence, words[i - 3:i + 3], 3)
        return special
