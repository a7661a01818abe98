"""Names that differ so little that they may mean one company."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import JaroWinkler

_FORMS = frozenset((
    "ag", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg", "limited", "llc", "ltd",
    "nv", "oy", "plc", "pty", "sa", "sarl", "se", "srl", "the",
))
_NEIGHBOURS = 8
_ALIKE = 0.95


def look_alikes(accounts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of account ids with nearly the same name. Names with different numbers never are.

    Each name is compared with its neighbours in order of letters, read forwards and backwards, so that
    twenty thousand names take a second.

    >>> look_alikes([("1", "Acme Inc."), ("2", "ACME, Inc"), ("3", "Store 7"), ("4", "Store 8")])
    [('1', '2')]
    >>> look_alikes([("1", "Northwind Traders"), ("2", "Northwind Tradres"), ("3", "Southwind")])
    [('1', '2')]
    """
    named = [(plain(name), id_) for id_, name in accounts]
    named = [(name, id_) for name, id_ in named if name]
    pairs = {*_near(sorted(named)), *_near(sorted((name[::-1], id_) for name, id_ in named))}
    return sorted(pairs)


def plain(name: str) -> str:
    """The name without case, accents, signs and legal forms.

    >>> plain("  Ünited-Data GmbH & Co. KG")
    'united data'
    """
    letters = "".join(
        c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c)
    )
    words = re.findall(r"\w+", letters.replace(".", "").replace("_", " "))
    return " ".join([w for w in words if w not in _FORMS] or words)


def _near(ordered: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for at, (name, id_) in enumerate(ordered):
        for other, other_id in ordered[at + 1:at + 1 + _NEIGHBOURS]:
            if _digits(name) == _digits(other) and JaroWinkler.similarity(name, other) >= _ALIKE:
                yield (id_, other_id) if id_ < other_id else (other_id, id_)


def _digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)
