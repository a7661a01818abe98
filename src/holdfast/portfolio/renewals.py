"""Revenue by month of renewal for the next twelve months, and the red accounts that renew soonest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from .distribution import distribution
from .row import ZERO, Row, as_number

SOON_DAYS = 90


def month_after(first: date, months: int) -> date:
    """The first day of a later month.

    >>> month_after(date(2026, 11, 1), 3)
    datetime.date(2027, 2, 1)
    """
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def renewals(rows: Sequence[Row], as_of: date) -> dict[str, Any]:
    """Twelve months from that of ``as_of`` on; ``overdue``, ``later`` and ``undated`` hold the others.

    The four parts together sum to the revenue of ``rows``.
    """
    start = as_of.replace(day=1)
    months = []
    for place in range(12):
        first, end = month_after(start, place), month_after(start, place + 1)
        inside = [r for r in rows if r.renews_on and max(first, as_of) <= r.renews_on < end]
        months.append({"month": first.isoformat()} | _sums(inside) | {"bands": distribution(inside)})
    end = month_after(start, 12)
    return {
        "months": months,
        "overdue": _sums([row for row in rows if row.renews_on and row.renews_on < as_of]),
        "later": _sums([row for row in rows if row.renews_on and row.renews_on >= end]),
        "undated": _sums([row for row in rows if row.renews_on is None]),
    }


def red_soon(rows: Sequence[Row], as_of: date, days: int = SOON_DAYS) -> dict[str, Any]:
    """Red accounts that renew within ``days`` after ``as_of``, most revenue first."""
    until = as_of + timedelta(days=days)
    due = [row for row in rows if row.renews_on and as_of <= row.renews_on <= until]
    red = sorted((row for row in due if row.color == "red"), key=lambda row: (-row.arr, row.account_id))
    return {
        "days": days,
        "due": _sums(due),
        "red": _sums(red),
        "accounts": [dict(row.source) for row in red],
    }


def _sums(rows: Sequence[Row]) -> dict[str, Any]:
    return {"accounts": len(rows), "arr": as_number(sum((row.arr for row in rows), ZERO))}
