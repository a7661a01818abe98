"""The order of the worklist: revenue x severity x urgency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any

from holdfast.definitions.signal import SEVERITIES

_URGENCY: Sequence[tuple[int, float]] = ((0, 3.0), (1, 2.0), (3, 1.5), (7, 1.0))
_LATER = 0.5


def urgency(as_of: date, due: date) -> float:
    """Weight of the time left: 3 on the day or past it, 2 for a day, 1.5 for three, 1 for a week, else 0.5.

    >>> urgency(date(2026, 3, 29), date(2026, 3, 31))
    1.5
    """
    left = (due - as_of).days
    return next((weight for most, weight in _URGENCY if left <= most), _LATER)


def priority(revenue: float, severity: str, as_of: date, due: date) -> float:
    """Revenue a year x severity weight x urgency.

    >>> priority(10_000, "high", date(2026, 3, 29), date(2026, 3, 30))
    60000.0
    """
    return revenue * SEVERITIES[severity] * urgency(as_of, due)


def ranked(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Items with ``arr``, ``severity``, ``as_of`` and ``due_on``, the most pressing first.

    Each gets ``priority`` and ``assumed_revenue``: an unknown revenue counts as the median of the known
    ones, so that an account without a price is neither first nor lost. Revenue counts at least 1. Ties go
    by account and signal.
    """
    rows = [dict(item) for item in items]
    known = [float(row["arr"]) for row in rows if row.get("arr") is not None]
    middle = median(known) if known else 1.0
    for row in rows:
        row["assumed_revenue"] = row.get("arr") is None
        revenue = middle if row["assumed_revenue"] else float(row["arr"])
        row["priority"] = priority(max(revenue, 1.0), row["severity"], row["as_of"], row["due_on"])
    return sorted(rows, key=lambda r: (-r["priority"], str(r.get("account_id")), str(r.get("signal"))))
