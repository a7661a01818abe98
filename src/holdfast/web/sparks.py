"""The score of the last weeks of every account: read once a publish, kept for the sparklines of lists."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pyarrow.compute as pc

if TYPE_CHECKING:
    from holdfast.workspace.published import Published

WEEKS = 12
TITLE = f"Score, {WEEKS} weeks"
_lock = threading.Lock()
_kept: dict[int, Mapping[str, Sequence[float | None]]] = {}
NOTHING: Sequence[float | None] = ()


def sparks(published: Published) -> Mapping[str, Sequence[float | None]]:
    """Account id -> the score of the dial health on the stored Sundays of 12 weeks, then on the day of the publish.

    None where there was no score.
    """
    with _lock:
        number = published.publish.pk
        if number not in _kept:
            found = _read(published)
            _kept.clear()
            _kept[number] = found
        return _kept[number]


def spark_days(as_of: date) -> list[date]:
    """The last Sundays up to ``as_of``, and ``as_of``.

    >>> [day.isoformat() for day in spark_days(date(2026, 6, 30))[-2:]]
    ['2026-06-28', '2026-06-30']
    """
    sunday = as_of - timedelta(days=(as_of.weekday() + 1) % 7)
    days = [sunday - timedelta(weeks=WEEKS - 1 - back) for back in range(WEEKS)]
    return days + ([as_of] if sunday != as_of else [])


def _read(published: Published) -> dict[str, list[float | None]]:
    days = spark_days(published.as_of)
    place = {day: number for number, day in enumerate(days)}
    table = published.read("scores", days=days, columns=("account_id", "as_of", "dial", "score"))
    if not table.num_rows:
        return {}
    table = table.filter(pc.equal(table["dial"], "health"))
    found: dict[str, list[float | None]] = {}
    columns = (table[name].to_pylist() for name in ("account_id", "as_of", "score"))
    for account, day, score in zip(*columns, strict=True):
        found.setdefault(account, [None] * len(days))[place[day]] = score
    return found
