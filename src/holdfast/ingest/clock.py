"""Times against the clock: what lies in the future, and what a wrong device clock said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from holdfast.records import RecordType

from .local_time import EPOCH

MINUTE = 60_000_000
MAX_SKEW = 5 * MINUTE
DAY = 24 * 60 * MINUTE
PLANNED = frozenset(
    {
        ("interaction", "scheduled_at"),
        ("interaction", "booked_at"),
        ("invoice", "issued_on"),
        ("goal", "set_on"),
        ("exchange_rate", "date"),
    }
)
"""dates that may rightly lie ahead"""


def micros(at: datetime) -> int:
    """Microseconds since 1970, UTC, of a time with zone."""
    return (at - EPOCH) // (datetime.resolution)


def in_future(
    kind: RecordType, columns: dict[str, pa.Array], now: datetime
) -> dict[str, npt.NDArray[np.bool_]]:
    """For each column that dates the record: which rows say that they happened a day after now, or later."""
    limit = micros(now) + DAY
    found = {}
    for name in kind.dated_by:
        if name not in columns or (kind.name, name) in PLANNED:
            continue
        late = numbers(columns[name]) > limit
        if late.any():
            found[name] = late
    return found


def corrected(
    occurred: pa.Array, sent: pa.Array | None, received: pa.Array | None
) -> tuple[pa.Array, int, int]:
    """``occurred`` put right by what the device clock said when it sent, and two counts.

    The correction is received - sent, made only where it is more than five minutes. The counts are the
    corrected rows, and the rows that cannot be corrected although they happened after they were received.
    """
    if received is None:
        return occurred, 0, 0
    got, at = numbers(received), numbers(occurred)
    known = np.asarray(received.is_valid())
    skew = np.zeros(len(at), np.int64)
    has_sent = np.zeros(len(at), bool)
    if sent is not None:
        has_sent = np.asarray(sent.is_valid()) & known
        skew = np.where(has_sent, got - numbers(sent), 0)
    wrong = np.abs(skew) > MAX_SKEW
    ahead = known & ~has_sent & (at > got + MAX_SKEW)
    if not wrong.any():
        return occurred, 0, int(ahead.sum())
    fixed = pa.array(np.where(wrong, at + skew, at), pa.int64(), mask=~np.asarray(occurred.is_valid()))
    return fixed.cast(pa.timestamp("us")), int(wrong.sum()), int(ahead.sum())


def numbers(times: pa.Array) -> Any:
    """Dates or times as microseconds; a missing one is the earliest number there is."""
    whole = times.cast(pa.timestamp("us")).cast(pa.int64())
    return np.asarray(whole.fill_null(np.iinfo(np.int64).min // 4))
