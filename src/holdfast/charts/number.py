"""Numbers and texts as they are printed in pictures: true minus, thousands, nothing hidden in a name."""

from __future__ import annotations

import unicodedata

MINUS = "\u2212"
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_KEPT = {"\u200c", "\u200d", "\u00ad"}


def plain(text: object) -> str:
    """A text on one line without control, direction or private characters; they become one space or nothing.

    >>> plain("Acme\\u202egpj.exe\\x1b[31m\\nLtd")
    'Acmegpj.exe[31m Ltd'
    """
    words = str(text)
    if words.isascii() and words.isprintable():
        return words
    kept = []
    for sign in words:
        if sign in "\n\r\t\u2028\u2029":
            kept.append(" ")
        elif sign in _KEPT or unicodedata.category(sign) not in _UNSAFE:
            kept.append(sign)
    return "".join(kept)


def number(value: float, decimals: int = 0) -> str:
    """A number with thousands separators and a true minus sign; a rounded zero has no sign.

    >>> number(-1234.56, 1), number(-0.04, 1)
    ('−1,234.6', '0.0')
    """
    shown = f"{value:,.{decimals}f}"
    if shown.startswith("-") and not shown.strip("-0.,"):
        shown = shown[1:]
    return shown.replace("-", MINUS)


def signed(value: float, decimals: int = 1) -> str:
    """A difference with its sign.

    >>> signed(1.84), signed(-14.2), signed(0.01)
    ('+1.8', '−14.2', '±0.0')
    """
    shown = number(value, decimals)
    if not shown.strip("0.,"):
        return "±" + shown
    return shown if shown.startswith(MINUS) else "+" + shown


def short(value: float) -> str:
    """A number with only the decimals that it needs, at most two.

    >>> short(4.0), short(0.25), short(1200)
    ('4', '0.25', '1,200')
    """
    shown = number(value, 2)
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis, in at most ``limit`` signs.

    >>> shorten("Contact and champion", 12)
    'Contact and…'
    """
    words = plain(text)
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def percent(share: float, decimals: int = 0) -> str:
    """A share of 1 as percent.

    >>> percent(0.416)
    '42%'
    """
    return f"{number(share * 100, decimals)}%"
