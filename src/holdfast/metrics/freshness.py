"""How far the sources of a record reach, as of a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Clock, Snapshot, end_of_day
from holdfast.records import RECORDS, RecordType


def covered(snapshot: Snapshot, definitions: Definitions, days: Sequence[date], clock: Clock) -> ir.Table:
    """``as_of``, ``record``, ``covered_to``: one row for each day and record that any source covers.

    A source covers up to the newest day, not after the as-of day, on which anything happened in any of its
    records. Of several sources of a record the newest counts, unless one of them is later than ``expect``
    allows: then the record is covered as far as that one. A source of which nothing is expected is never late.
    """
    happened: dict[str, list[date]] = {}
    sources: dict[str, set[str]] = {}
    rows: list[tuple[date, str, date]] = []
    if clock == "believed":
        for day in days:
            happened, sources = _happened(snapshot, day)
            rows += _reached([day], happened, sources, definitions)
    else:
        happened, sources = _happened(snapshot, None)
        rows = _reached(days, happened, sources, definitions)
    return snapshot.engine.frame(pa.table({
        "as_of": pa.array([r[0] for r in rows], pa.date32()),
        "record": pa.array([r[1] for r in rows], pa.string()),
        "covered_to": pa.array([r[2] for r in rows], pa.date32()),
    }))


def _reached(
    days: Sequence[date], happened: dict[str, list[date]], sources: dict[str, set[str]], definitions: Definitions
) -> list[tuple[date, str, date]]:
    rows = []
    for record, names in sorted(sources.items()):
        defined = [n for n in names if n in definitions.sources] or list(names)
        longest = {n: definitions.settings.expected_days(n) for n in defined}
        for day in days:
            ends = {name: end for name in defined if (end := _newest(happened[name], day)) is not None}
            late = [end for name, end in ends.items() if (most := longest[name]) and (day - end).days > most]
            if ends:
                rows.append((day, record, min(late) if late else max(ends.values())))
    return rows


def _newest(found: list[date], day: date) -> date | None:
    place = bisect_right(found, day)
    return found[place - 1] if place else None


def _happened(snapshot: Snapshot, known_by: date | None) -> tuple[dict[str, list[date]], dict[str, set[str]]]:
    """The days on which anything happened, by source; the sources by record."""
    days: dict[str, set[date]] = {}
    sources: dict[str, set[str]] = {}
    for record in RECORDS.values():
        if not snapshot.loaded(record.name):
            continue
        rows = snapshot.rows(record.name)
        if known_by is not None:
            rows = rows.filter(rows.known_at < ibis.timestamp(end_of_day(known_by, snapshot.zone).isoformat()))
        pairs = snapshot.engine.arrow(_pairs(snapshot, rows, record))
        for source, day in zip(pairs["source"].to_pylist(), pairs["day"].to_pylist(), strict=True):
            sources.setdefault(record.name, set()).add(source)
            days.setdefault(source, set())
            if day is not None:
                days[source].add(day)
    return {source: sorted(found) for source, found in days.items()}, sources


def _pairs(snapshot: Snapshot, rows: ir.Table, record: RecordType) -> ir.Table:
    names = {*record.dated_by, *(c.holds_from for c in record.columns if c.holds_from)}
    if record.append:
        names = set(record.dated_by)
    dates = [snapshot.local_day(rows[record.column(name).stored_name]) for name in sorted(names)]
    if not record.append:
        dates += [snapshot.local_day(rows.effective_at), snapshot.local_day(rows.known_at)]
    parts = [rows.select("source", day=day).distinct() for day in dates]
    return (ibis.union(*parts) if len(parts) > 1 else parts[0]).distinct()
