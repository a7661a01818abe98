"""The score of the last weeks of every account: read once a publish, kept for the sparklines of lists."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holdfast.workspace.published import Published

WEEKS = 12
TITLE = f"Score, {WEEKS} weeks"
_lock = threading.Lock()
_kept: dict[int, Mapping[str, Sequence[float | None]]] = {}
NOTHING: Sequence[float | None] = (None,) * WEEKS


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


def _read(published: Published) -> dict[str, list[float | None]]:
    sunday = published.as_of - timedelta(days=(published.as_of.weekday() + 1) % 7)
    days = [sunday - timedelta(weeks=WEEKS - 1 - back) for back in range(WEEKS)]
    days += [published.as_of] if sunday != published.as_of else []
    place = {day: number for number, day in enumerate(days)}
    table = published.read("scores", days=days, columns=("account_id", "as_of", "dial", "score"))
    found: dict[str, list[float | None]] = {}
    for row in table.to_pylist():
        if row["dial"] == "health":
            found.setdefault(row["account_id"], [None] * len(days))[place[row["as_of"]]] = row["score"]
    return found
