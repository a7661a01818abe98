"""Wall-clock time of a zone as a function of the engine's own, built from the zone's transitions.

The engines' zone functions cost ten times as much a row and differ between engines. A tree of comparisons with
all transitions is fast a row, but a query is planned 5 to 20 milliseconds longer for each place that names it.
So the function looks a day up in a text with one letter a day, and a letter stands for a few comparisons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

_FIRST, _LAST = 1990, 2100
BEFORE = date(_FIRST, 1, 1) - timedelta(days=1)
"""The day whose number is 0; the first letter stands for day 1."""


def function_name(zone: str) -> str:
    """Name of the engine's function for a zone.

    >>> function_name("Europe/Berlin")
    'hf_local_europe_berlin'
    """
    return "hf_local_" + re.sub(r"[^a-z0-9]", "_", zone.lower())


def body(zone: str, number: str, kind: str) -> str:
    """SQL of the wall-clock time of the naive UTC moment ``t``.

    ``number`` is SQL of its day counted from BEFORE, ``kind`` the engine's name for a naive moment.

    >>> body("UTC", "", "TIMESTAMP")
    "t + INTERVAL '0' SECOND"
    """
    if len(transitions(zone)) == 1:
        return f"t + {_seconds(transitions(zone)[0][1])}"
    letters, letter_of = _calendar(transitions(zone))
    found = f"substring('{letters}', CAST(least(greatest({number}, 1), {len(letters)}) AS INTEGER), 1)"
    cases = " ".join(f"WHEN '{letter}' THEN {_offset(day, kind)}" for day, letter in letter_of.items())
    return f"t + CASE {found} {cases} END"


def call(moment: ir.TimestampValue, zone: str) -> ir.TimestampValue:
    """The expression that calls the function of a zone."""
    found: ir.TimestampValue = _function(zone)(moment)
    return found


@lru_cache(maxsize=64)
def _function(zone: str) -> Callable[[ir.TimestampValue], ir.TimestampValue]:
    """Declared once: each declaration is a function of its own to whoever compares two queries."""

    @ibis.udf.scalar.builtin(name=function_name(zone), signature=((dt.timestamp,), dt.timestamp))
    def local(t):  # type: ignore[no-untyped-def]
        """Declared to Ibis; the engine holds the body."""

    declared: Callable[[ir.TimestampValue], ir.TimestampValue] = local
    return declared


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
    steps = [(moment.replace(tzinfo=None), _offset_at(moment, info))]
    while moment < end:
        later = moment + timedelta(days=7)
        if _offset_at(later, info) != steps[-1][1]:
            change = _bisect(moment, later, info)
            steps.append((change.replace(tzinfo=None), _offset_at(change, info)))
            moment = change
        else:
            moment = later
    return tuple(steps)


def _offset_at(moment: datetime, info: ZoneInfo) -> int:
    offset = moment.astimezone(info).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _bisect(low: datetime, high: datetime, info: ZoneInfo) -> datetime:
    before = _offset_at(low, info)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (middle, high) if _offset_at(middle, info) == before else (low, middle)
    return high


Day = tuple[int, int, int]
"""What a UTC day is like: the offset before, the second at which it changes, the offset from then on."""


def _calendar(steps: Sequence[tuple[datetime, int]]) -> tuple[str, dict[Day, str]]:
    """A letter for each day from 1990 to 2099, and the letter of each kind of day."""
    changes = {moment.date(): (moment, offset) for moment, offset in steps[1:]}
    offset, letters, kinds = steps[0][1], [], dict[Day, str]()
    for day in range(1, (date(_LAST, 1, 1) - BEFORE).days):
        moment, after = changes.get(BEFORE + timedelta(days=day), (None, offset))
        at = moment.hour * 3600 + moment.minute * 60 + moment.second if moment else 0
        letters.append(kinds.setdefault((offset if at else after, at, after), chr(ord("A") + len(kinds))))
        offset = after
    return "".join(letters), kinds


def _offset(day: Day, kind: str) -> str:
    before, at, after = day
    if before == after:
        return _seconds(after)
    start = f"CAST(CAST(t AS DATE) AS {kind}) + {_seconds(at)}"
    return f"CASE WHEN t >= {start} THEN {_seconds(after)} ELSE {_seconds(before)} END"


def _seconds(count: int) -> str:
    return f"INTERVAL '{count}' SECOND"
