"""The local calendar day of a UTC moment, from the zone's transitions; the same on every engine."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

_FIRST, _LAST = 1990, 2100


def local_day(moment: ir.TimestampValue, zone: str) -> ir.DateValue:
    """The day on which the naive UTC ``moment`` falls in ``zone``."""
    return local_time(moment, zone).date()


def local_time(moment: ir.TimestampValue, zone: str) -> ir.TimestampValue:
    """The wall-clock time in ``zone`` at the naive UTC ``moment``.

    The zone's offsets become a balanced tree of comparisons: the engines' own zone functions cost ten
    times as much and differ between engines.
    """
    return _tree(moment, transitions(zone))


def end_of_day(day: date, zone: str) -> datetime:
    """The naive UTC moment at which ``day`` ends in ``zone``.

    >>> end_of_day(date(2026, 3, 29), "Europe/Berlin")
    datetime.datetime(2026, 3, 29, 22, 0)
    """
    local = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return local.astimezone(UTC).replace(tzinfo=None)


@lru_cache(maxsize=64)
def transitions(zone: str) -> tuple[tuple[datetime, int], ...]:
    """(from this UTC moment on, offset in seconds), in order, for the years 1990 to 2100.

    >>> transitions("UTC")
    ((datetime.datetime(1990, 1, 1, 0, 0), 0),)
    """
    info = ZoneInfo(zone)
    moment = datetime(_FIRST, 1, 1, tzinfo=UTC)
    end = datetime(_LAST, 1, 1, tzinfo=UTC)
    steps = [(moment.replace(tzinfo=None), _offset(moment, info))]
    while moment < end:
        later = moment + timedelta(days=7)
        if _offset(later, info) != steps[-1][1]:
            change = _bisect(moment, later, info)
            steps.append((change.replace(tzinfo=None), _offset(change, info)))
            moment = change
        else:
            moment = later
    return tuple(steps)


def _offset(moment: datetime, info: ZoneInfo) -> int:
    offset = moment.astimezone(info).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _bisect(low: datetime, high: datetime, info: ZoneInfo) -> datetime:
    before = _offset(low, info)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (middle, high) if _offset(middle, info) == before else (low, middle)
    return high


def _tree(moment: ir.TimestampValue, steps: tuple[tuple[datetime, int], ...]) -> ir.TimestampValue:
    if len(steps) == 1:
        seconds = steps[0][1]
        return moment + ibis.interval(seconds=seconds) if seconds else moment
    half = len(steps) // 2
    later = moment >= ibis.timestamp(steps[half][0].isoformat())
    return ibis.ifelse(later, _tree(moment, steps[half:]), _tree(moment, steps[:half]))
