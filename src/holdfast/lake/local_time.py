"""Wall-clock time of a zone as a function of the engine's own, built from the zone's transitions.

The engines' zone functions cost ten times as much and differ between engines; as a tree of comparisons in
every query the text would grow to hundreds of kilobytes.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

_FIRST, _LAST = 1990, 2100


def function_name(zone: str) -> str:
    """Name of the engine's function for a zone.

    >>> function_name("Europe/Berlin")
    'hf_local_europe_berlin'
    """
    return "hf_local_" + re.sub(r"[^a-z0-9]", "_", zone.lower())


def body(zone: str, literal: str) -> str:
    """SQL of the wall-clock time of the naive UTC moment ``t``; ``literal`` is the type of moments."""
    return _tree(transitions(zone), literal)


def call(moment: ir.TimestampValue, zone: str) -> ir.TimestampValue:
    """The expression that calls the function of a zone."""

    @ibis.udf.scalar.builtin(name=function_name(zone), signature=((dt.timestamp,), dt.timestamp))
    def local(t):  # type: ignore[no-untyped-def]
        """Declared to Ibis; the engine holds the body."""

    return local(moment)


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


def _tree(steps: tuple[tuple[datetime, int], ...], literal: str) -> str:
    if len(steps) == 1:
        seconds = steps[0][1]
        return f"t + INTERVAL '{seconds}' SECOND" if seconds else "t"
    half = len(steps) // 2
    moment = steps[half][0].isoformat(sep=" ")
    later, earlier = _tree(steps[half:], literal), _tree(steps[:half], literal)
    return f"CASE WHEN t >= {literal} '{moment}' THEN {later} ELSE {earlier} END"
