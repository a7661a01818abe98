"""How old the newest row of each source is, against the age that is expected of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from holdfast.definitions.source import Source
from holdfast.records import RECORDS
from holdfast.state import batch_ledger

from .current_rows import CurrentRows

_UNITS = {"m": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0}


def days_of(age: str) -> float:
    """A stated age in days.

    >>> days_of("26h"), days_of("2d")
    (1.0833333333333333, 2.0)
    """
    return float(age[:-1]) * _UNITS[age[-1]]


def source_states(
    rows: CurrentRows, sources: Mapping[str, Source], expect: Mapping[str, str], moment: datetime
) -> list[dict[str, Any]]:
    """One entry a source: its records, newest row, age in days, limit, and whether it is fresh.

    States: fresh, overdue, no_limit (nothing is expected of it), held (the newest batch was), never_loaded.
    """
    return [_state(rows, source, expect.get(name), moment) for name, source in sorted(sources.items())]


def newest_row(rows: CurrentRows, source: str, record: str, moment: datetime) -> datetime | None:
    """The newest date, not after ``moment``, at which a row of the source came into being or changed."""
    kind = RECORDS[record]
    dates = [f'"{kind.column(c).stored_name}"::TIMESTAMP' for c in kind.dated_by] + ["effective_at"]
    parts = " UNION ALL ".join(f"SELECT {d} AS t FROM each_{record} WHERE source = $source" for d in dates)
    found = rows.con.execute(
        f"SELECT max(t) FROM ({parts}) WHERE t <= $moment", {"source": source, "moment": moment.replace(tzinfo=None)}
    ).fetchall()[0][0]
    return found if isinstance(found, datetime) else None


def _state(rows: CurrentRows, source: Source, limit: str | None, moment: datetime) -> dict[str, Any]:
    records = sorted({m.record for m in source.records})
    newest = max(filter(None, (newest_row(rows, source.source, r, moment) for r in records)), default=None)
    last = batch_ledger.newest_of(source.source)
    held = batch_ledger.held_after(source.source, last.number if last else 0)
    days = days_of(limit) if limit else None
    seen = newest or (last.loaded_at.replace(tzinfo=None) if last else None)
    age = (moment.replace(tzinfo=None) - seen).total_seconds() / 86_400 if seen else None
    if last is None and not held:
        state = "never_loaded"
    elif held:
        state = "held"
    elif days is None or age is None:
        state = "no_limit"
    else:
        state = "overdue" if age > days else "fresh"
    return {
        "source": source.source, "records": records,
        "last_batch_at": last.loaded_at.isoformat() if last else None,
        "newest_row": newest.isoformat() if newest else None,
        "age_days": None if age is None else round(age, 2), "limit_days": days, "state": state,
    }
