"""Whole days between two dates, the same on every engine."""

from __future__ import annotations

import ibis


def days_between(earlier: ibis.DateValue, later: ibis.DateValue) -> ibis.IntegerValue:
    """Days from ``earlier`` to ``later``; negative where it lies before it, null where one is null."""
    return later.delta(earlier, unit="day").cast("int64")
