"""From calendar days to places on the grid of as-of days: when a day enters a window and when it leaves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from holdfast.lake import Engine


@dataclass(frozen=True)
class Places:
    """The as-of days ``days`` (in order), and each calendar day's first and last place among them.

    ``calendar``: ``day``, ``enters`` (first as-of day on or after it), ``leaves`` (first as-of day that
    the window no longer reaches). ``inside``: every place between an ``enters`` and a ``leaves``.
    ``as_of``: the day of each place.
    """

    days: tuple[date, ...]
    calendar: ir.Table
    inside: ir.Table
    as_of: ir.Table


def places(engine: Engine, days: Sequence[date], window: int | None, first: date) -> Places:
    """Places of the days from ``first`` on, for windows of ``window`` days; None looks back for ever."""
    ordered = sorted(set(days))
    calendar, enters, leaves = [], [], []
    day = first
    while day <= ordered[-1]:
        enter = bisect_left(ordered, day)
        leave = len(ordered) if window is None else bisect_left(ordered, day + timedelta(days=window))
        if enter < leave:
            calendar.append(day)
            enters.append(enter)
            leaves.append(leave)
        day += timedelta(days=1)
    spans = sorted(set(zip(enters, leaves, strict=True)))
    inside = [(a, b, t) for a, b in spans for t in range(a, b)]
    return Places(
        tuple(ordered),
        engine.frame(pa.table({
            "day": pa.array(calendar, pa.date32()), "enters": pa.array(enters, pa.int64()),
            "leaves": pa.array(leaves, pa.int64()),
        })),
        engine.frame(pa.table({
            "enters": pa.array([i[0] for i in inside], pa.int64()),
            "leaves": pa.array([i[1] for i in inside], pa.int64()),
            "place": pa.array([i[2] for i in inside], pa.int64()),
        })),
        engine.frame(pa.table({
            "place": pa.array(range(len(ordered)), pa.int64()), "as_of": pa.array(ordered, pa.date32()),
        })),
    )


def spans(engine: Engine, at: Places, window: int) -> ir.Table:
    """``start``, ``end`` and ``as_of``: the days at the places from ``start`` on and before ``end``.

    No span is longer than a window is: what holds between two changes has entered by its start.
    """
    days = np.array(at.days, dtype="datetime64[D]")
    reach = np.searchsorted(days, days + np.timedelta64(window, "D"))
    starts = np.repeat(np.arange(len(days)), reach - np.arange(len(days)))
    ends = np.concatenate([np.arange(first + 1, last + 1) for first, last in enumerate(reach)])
    length = ends - starts
    inside = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    return engine.frame(pa.table({
        "start": pa.array(np.repeat(starts, length)), "end": pa.array(np.repeat(ends, length)),
        "as_of": pa.array(days[np.repeat(starts, length) + inside]),
    }))
