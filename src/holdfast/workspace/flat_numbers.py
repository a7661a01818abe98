"""Numbers as people type them: 1.234,50 and 1,234.50, percent signs, currency signs, spaces between thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Decimal = Literal[".", ","]
_NOISE = re.compile(r"[\s'’_]|[€$£¥]|(?<![a-z])(?:eur|usd|gbp|chf|sek|nok|dkk)(?![a-z])", re.IGNORECASE)
_MINUS = str.maketrans({"−": "-", "–": "-"})
_GROUPED = {".": re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"), ",": re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")}
_PLAIN = {".": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)"), ",": re.compile(r"[+-]?(\d+,?\d*|,\d+)")}


def clean(text: str) -> str:
    """The text without spaces, currency and percent signs; brackets mean a minus, as accountants write.

    >>> clean("1 234,50 €"), clean("(12)"), clean("85 %")
    ('1234,50', '-12', '85')
    """
    bare = _NOISE.sub("", text.translate(_MINUS)).removesuffix("%").removeprefix("%")
    return f"-{bare[1:-1]}" if bare.startswith("(") and bare.endswith(")") else bare


def evidence(texts: Iterable[str]) -> set[Decimal]:
    """The decimal signs that the texts prove: each text that can be read in one way only is a proof.

    >>> sorted(evidence(["1.234,50"])), sorted(evidence(["1.234", "7"])), sorted(evidence(["3.5"]))
    ([','], [], ['.'])
    """
    found: set[Decimal] = set()
    for text in texts:
        bare = clean(text)
        ways = [sign for sign in (".", ",") if _fits(bare, sign)]
        if len(ways) == 1:
            found.add(ways[0])  # type: ignore[arg-type]
    return found


def parse(text: str, decimal: Decimal) -> float | None:
    """The number, or None where the text is not one.

    >>> parse("1.234,50", ","), parse("1,234.50", "."), parse("12 %", "."), parse("abc", ".")
    (1234.5, 1234.5, 12.0, None)
    """
    bare = clean(text)
    if not _fits(bare, decimal):
        return None
    group = "," if decimal == "." else "."
    return float(bare.replace(group, "").replace(",", "."))


def _fits(bare: str, decimal: str) -> bool:
    return bool(_PLAIN[decimal].fullmatch(bare) or _GROUPED[decimal].fullmatch(bare))
