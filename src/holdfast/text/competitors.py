"""A pattern that finds competitors by name: whole words only, and names that are words need a context."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .word_files import word_file

_BEFORE = (
    r"(?:use|uses|using|used|try|trying|tried|trial of|switch to|switching to|switched to|move to|moving to|moved to"
    r"|migrat\w+ to|over to|went to|demos? (?:of|from|with)|pick|picked|prefer|prefers|rather use|over|than|vs\.?"
    r"|versus|against|compared? (?:to|with)|like|quote from|called|named|came from|left|with)"
)
_AFTER = (
    r"(?:\.com|\.io|\.app|demoed|offers?|quoted|already|has|have|is (?:cheaper|better|easier)|does|instead|pitched"
    r"|presented|showed|costs?|charges|can)"
)


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """The pattern of the names, None where there are none.

    A name that is an ordinary word counts with a capital and where the words around it speak of a product.

    >>> found = name_pattern(["Acmely", "Monday"])
    >>> [bool(found.search(t)) for t in ("acmely is cheaper", "See you on Monday", "We use Monday now")]
    [True, False, True]
    """
    ordinary = frozenset(word_file("names")["ordinary"])
    parts: list[str] = []
    for name in sorted(set(names), key=lambda n: (-len(n), n)):
        if not name.strip():
            continue
        plain = r"\s+".join(map(re.escape, name.split()))
        if name.lower() in ordinary:
            parts.append(rf"(?<=\s)(?-i:{plain})(?=\s?{_AFTER}\b)|\A(?-i:{plain})(?=\s?{_AFTER}\b)")
            parts.append(rf"\b{_BEFORE}\s+(?-i:{plain})\b")
        else:
            parts.append(rf"(?<!\w){plain}(?!\w)")
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None
