"""Where in a text things are denied or merely supposed: a mention in there does not count."""

from __future__ import annotations

import re

_APART = re.compile(r"[.;:!?\n]|,|\b(?:but|however|yet|although|though|because)\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:not|never|no|none|nobody|no one|neither|nor|without|far from|rather than|instead of|(?:\w+n['’]t)|dont|wont"
    r"|isnt|arent|cannot)\b",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,5}?(?:off the table|ruled out|an? (?:old )?(?:rumou?r|misunderstanding|joke)|is not true)\b",
    re.IGNORECASE,
)
_SUPPOSITION = re.compile(
    r"\b(?:if|suppose|supposing|assuming|in case|whether|should (?:we|i|you|they) ever|(?:we|i|they|\w+) were to"
    r"|what happens (?:when|if)|in the event)\b"
    r".*?(?=[,.;:!?\n]|\b(?:we|i|they)(?: will| would|['’]ll|['’]d| have to| are going)\b|$)",
    re.IGNORECASE,
)
_REACH = 6
_WORD = re.compile(r"\S+")


def supposed(text: str) -> list[tuple[int, int]]:
    """The spans of the suppositions in the text; what follows from one is outside of it.

    >>> text = "If this is not fixed we will cancel"
    >>> [text[a:b] for a, b in supposed(text)]
    ['If this is not fixed ']
    """
    return [match.span() for match in _SUPPOSITION.finditer(text)]


def denied(text: str, start: int, end: int, since: int = 0) -> bool:
    """Whether the words from ``start`` to ``end`` are denied within their clause, up to six words before.

    Nothing before ``since`` is looked at.

    >>> denied("We are not going to cancel", 20, 26), denied("No answer, so we cancel", 17, 23)
    (True, False)
    """
    clause = _APART.split(text[max(since, start - 120):start])[-1]
    near = " ".join(_WORD.findall(clause)[-_REACH:])
    return bool(_DENIAL.search(near)) or bool(_DENIED_AFTER.match(text[end:end + 80]))
