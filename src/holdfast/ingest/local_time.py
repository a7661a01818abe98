"""Naive local times to UTC and back, deterministic at the changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Micros = npt.NDArray[np.int64]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_utc(local: Micros, zone: str) -> Micros:
    """UTC microseconds of local ones.

    A time that the clock shows twice is the first of the two; one that it skips is read with the offset
    from before the skip.

    >>> hour = 3_600_000_000
    >>> int(to_utc(np.array([12 * hour]), "Europe/Berlin")[0] // hour)
    11
    """
    _, locals_, offsets = _changes(zone)
    return local - offsets[np.searchsorted(locals_, local, side="right")]


def to_local(utc: Micros, zone: str) -> Micros:
    """Local microseconds of UTC ones."""
    utcs, _, offsets = _changes(zone)
    return utc + offsets[np.searchsorted(utcs, utc, side="right")]


@lru_cache(maxsize=32)
def _changes(zone: str) -> tuple[Micros, Micros, Micros]:
    """Changes of the offset as UTC times, as local times from which the new one counts, and all offsets."""
    info = ZoneInfo(zone)
    day, end = datetime(1989, 12, 31, tzinfo=UTC), datetime(2102, 1, 1, tzinfo=UTC)
    offsets = [_offset(day, info)]
    utcs: list[int] = []
    while day < end:
        following = day + timedelta(days=1)
        if _offset(following, info) != offsets[-1]:
            utcs.append(_micros(_turn(day, following, info)))
            offsets.append(_offset(following, info))
        day = following
    locals_ = [at + max(before, after) for at, before, after in zip(utcs, offsets, offsets[1:], strict=False)]
    return np.array(utcs, np.int64), np.array(locals_, np.int64), np.array(offsets, np.int64)


def _turn(low: datetime, high: datetime, info: ZoneInfo) -> datetime:
    before = _offset(low, info)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(middle, info) == before else (low, middle)
    return high


def _offset(at: datetime, info: ZoneInfo) -> int:
    offset = at.astimezone(info).utcoffset() or timedelta()
    return offset // timedelta(microseconds=1)


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)
