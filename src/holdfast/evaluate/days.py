"""Which days a run looks at."""

from __future__ import annotations

from datetime import date, timedelta

import ibis

from holdfast.lake import Snapshot
from holdfast.records import RECORDS


def default_day(snapshot: Snapshot, latest: date) -> date | None:
    """The as-of day where none is asked for; None where no row has a date.

    The newest day over all event rows where their times are dates only, else the day before it: the last
    one that is complete. Without events, the newest date of any record, not after ``latest``.
    """
    newest = snapshot.newest_event_day
    if newest is None:
        return _newest_of_all(snapshot, latest)
    return newest if _dates_only(snapshot) else newest - timedelta(days=1)


def _dates_only(snapshot: Snapshot) -> bool:
    timed = snapshot.event_days.aggregate(n=snapshot.event_days.timed.sum())
    return not snapshot.engine.arrow(timed)["n"][0].as_py()


def _newest_of_all(snapshot: Snapshot, latest: date) -> date | None:
    found: list[date] = []
    for name, record in RECORDS.items():
        if not record.dated_by or not snapshot.loaded(name):
            continue
        rows = snapshot.rows(name)
        dates = [snapshot.local_day(rows[record.column(c).stored_name]) for c in record.dated_by]
        day = ibis.coalesce(*dates) if len(dates) > 1 else dates[0]
        newest = rows.aggregate(d=day.max(where=day <= ibis.date(latest.isoformat())))
        found += [d for d in snapshot.engine.arrow(newest)["d"].to_pylist() if d is not None]
    return max(found, default=None)


def history_days(as_of: date, weeks: int, daily: int = 0) -> list[date]:
    """``as_of``, 7 and 30 days before it, the ``daily`` days up to and with it, and the last ``weeks`` Sundays.

    >>> [d.isoformat() for d in history_days(date(2026, 6, 30), 2)]
    ['2026-05-31', '2026-06-21', '2026-06-23', '2026-06-28', '2026-06-30']
    >>> [d.day for d in history_days(date(2026, 6, 30), 2, daily=3)]
    [31, 21, 23, 28, 29, 30]
    """
    sunday = as_of - timedelta(days=(as_of.weekday() + 1) % 7)
    sundays = {sunday - timedelta(weeks=n) for n in range(weeks)}
    each = {as_of - timedelta(days=n) for n in range(daily)}
    return sorted(sundays | each | {as_of, as_of - timedelta(days=7), as_of - timedelta(days=30)})
