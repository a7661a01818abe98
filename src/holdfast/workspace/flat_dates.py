"""Dates as people type them: ISO, 31.12.2025, 31/12/2025, 12/31/2025; the order of a column is proved, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_PARTS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T].*)?")
DAY_FIRST, MONTH_FIRST = "dmy", "mdy"


def orders(texts: Iterable[str]) -> set[str]:
    """The orders of day and month under which every text is a date. A point as sign means day first.

    >>> sorted(orders(["31/12/2025", "01/02/2025"])), sorted(orders(["01/02/2025"])), orders(["31.12.2025"])
    (['dmy'], ['dmy', 'mdy'], {'dmy'})
    """
    listed = [t for t in texts if _PARTS.fullmatch(t.strip())]
    found = {o for o in (DAY_FIRST, MONTH_FIRST) if all(parse(t, o) is not None for t in listed)}
    return found - {MONTH_FIRST} if any("." in t for t in listed) else found


def parse(text: str, order: str) -> date | None:
    """The date, or None where the text is not one.

    >>> parse("31.12.2025", "dmy"), parse("2025-12-31T08:00", "mdy"), parse("31/12/2025", "mdy")
    (datetime.date(2025, 12, 31), datetime.date(2025, 12, 31), None)
    """
    if found := _ISO.fullmatch(text.strip()):
        return _date(found.group(1), found.group(2), found.group(3))
    if found := _PARTS.fullmatch(text.strip()):
        first, second, year = found.group(1), found.group(3), found.group(4)
        return _date(year, second, first) if order == DAY_FIRST else _date(year, first, second)
    return None


def _date(*parts: str) -> date | None:
    year, month, day = (int(p) for p in parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def column_order(texts: Sequence[str]) -> str | None:
    """The one order that fits the column; None where both do and they disagree, or none does.

    >>> column_order(["01/02/2025"]) is None, column_order(["05/05/2025"])
    (True, 'dmy')
    """
    found = orders(texts)
    if len(found) == 2 and any(parse(t, DAY_FIRST) != parse(t, MONTH_FIRST) for t in texts):
        return None
    return sorted(found)[0] if found else None
