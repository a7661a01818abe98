"""Whole seconds between two moments, the same on every engine."""

from __future__ import annotations

import ibis


def seconds_between(start: ibis.TimestampValue, end: ibis.TimestampValue) -> ibis.IntegerValue:
    """Seconds from ``start`` to ``end``, parts of a second dropped from both; negative where it lies before."""
    return end.truncate("s").epoch_seconds() - start.truncate("s").epoch_seconds()
