"""What is found in lower case is what is found without regard to case, letter by letter and rule by rule."""

import random
import re
import sys

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from holdfast.text.lower_case import any_of_lower, lowered
from holdfast.text.mentions import KINDS, _lower_patterns, _patterns
from holdfast.text.sentiment import _lexicon
from holdfast.text.vader import Vader
from holdfast.text.word_files import any_of, word_file

SIGNS = [*"abcdefghijklmnopqrstuvwxyz0123456789'’-/:,!?.", "ä"]
CLASSES = [re.compile(c) for c in (r"\w", r"\s", r"\d", r"[^\W\d_]")]
ORDERED = random.Random(4)


def test_each_letter_is_matched_in_lower_case_as_without_regard_to_case():
    either = [(sign, re.compile(re.escape(sign), re.IGNORECASE)) for sign in SIGNS]
    for sign in map(chr, range(sys.maxunicode + 1)):
        if sign.isascii() or sign.lower() != sign or sign.upper() != sign:
            low = lowered(sign)
            assert low is None or len(low) == 1
            assert low is None or all((low == s) == bool(p.fullmatch(sign)) for s, p in either), hex(ord(sign))
            assert low is None or all(bool(c.match(low)) == bool(c.match(sign)) for c in CLASSES), hex(ord(sign))


@pytest.mark.parametrize("name", ["mentions", "sentiment"])
def test_no_rule_asks_for_a_capital_but_as_any_capital(name):
    rules = word_file(name)
    parts = rules["phrases"] if name == "sentiment" else [part for kind in KINDS for part in rules.get(kind, ())]
    for part in parts:
        assert not re.search("[A-Z]", re.sub(r"\\[A-Za-z]|\(\?-i:\[A-Z\]", "", part).replace("[A-Z]", "")), part


def sentences() -> list[str]:
    """Words of all rules in some order, in some case."""
    rules = [str(p) for p in word_file("sentiment")["phrases"]]
    rules += [part for kind in KINDS for part in word_file("mentions").get(kind, ())]
    words = [*re.findall(r"[a-z'-]{2,}", " ".join(rules)), "We", "but", "not", "so", "this", "never", "!", "??", "😀"]
    cased = [str.lower, str.lower, str.upper, str.capitalize]
    made = [" ".join(ORDERED.choice(cased)(w) for w in ORDERED.choices(words, k=ORDERED.randint(1, 25)))
            for _ in range(1500)]
    return made + [re.sub(r"\(\?[:!]|[()?]|\\\w", "", part).replace("|", " ") for part in rules]


def test_phrases_and_kinds_are_found_in_lower_case_as_without_regard_to_case():
    lexicon = _lexicon()
    together, kinds = _lower_patterns()
    for text in sentences():
        low = lowered(text)
        spans = [(m.span(), m.lastgroup) for m in lexicon._phrases.finditer(text)]
        assert spans == [(m.span(), m.lastgroup) for m in lexicon._lower.finditer(low)], text
        for kind, pattern in _patterns().items():
            assert not pattern.search(text) or (together.search(low) and kinds[kind].search(low)), (kind, text)


def test_a_part_that_asks_for_a_capital_may_match_any_letter_and_never_misses_one():
    part = r"(?-i:[A-Z])\w+ left"
    assert any_of([part]).search("then Ann LEFT")
    assert any_of_lower([part]).search(lowered("then Ann LEFT"))


def test_the_scores_are_those_of_vader():
    ours, theirs = Vader(), SentimentIntensityAnalyzer()
    for text in [*sentences(), "", " ", ":)", "kind of good", "without a doubt good", "never so good", "the bomb"]:
        assert ours.compound(text) == theirs.polarity_scores(text)["compound"], text
