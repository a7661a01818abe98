"""How far the sources of a record reach, as of a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Clock, Snapshot
from holdfast.records import READABLE, RecordType


def covered(snapshot: Snapshot, definitions: Definitions, days: Sequence[date], clock: Clock) -> ir.Table:
    """``as_of``, ``record``, ``account_id``, ``covered_to``: how far a record is covered on a day.

    A source covers up to the newest day, not after the as-of day, on which anything happened in any of its
    records; it is late when that is longer ago than ``expect`` allows. A record is covered as far as the
    newest of its sources that is not late. That row has no account. An account that a late source has ever
    told of has a row of its own: for it the record is covered no further than that source.
    """
    rows: list[Reach] = []
    if clock == "believed":
        for day in days:
            rows += _reached([day], *_happened(snapshot, day), definitions)
    else:
        rows = _reached(days, *_happened(snapshot, None), definitions)
    every = snapshot.engine.frame(_table([r for r in rows if r.source is None]))
    general = every.select("as_of", "record", account_id=ibis.null("string"), covered_to=every.covered_to)
    late = [r for r in rows if r.source is not None]
    parts = [_of_accounts(snapshot, record, late) for record in sorted({r.record for r in late})]
    return ibis.union(general, *parts) if parts else general


Happened = tuple[dict[str, list[date]], dict[str, set[str]]]


@dataclass(frozen=True)
class Reach:
    """How far a record is covered on a day; with a source, how far that late source covers it."""

    as_of: date
    record: str
    source: str | None
    covered_to: date


def _table(rows: Sequence[Reach]) -> pa.Table:
    return pa.table({
        "as_of": pa.array([r.as_of for r in rows], pa.date32()),
        "record": pa.array([r.record for r in rows], pa.string()),
        "source": pa.array([r.source for r in rows], pa.string()),
        "covered_to": pa.array([r.covered_to for r in rows], pa.date32()),
    })


def _of_accounts(snapshot: Snapshot, record: str, late: Sequence[Reach]) -> ir.Table:
    """Rows of the accounts that a late source of the record has told of."""
    reach = snapshot.engine.frame(_table([r for r in late if r.record == record]))
    told = snapshot.event_days if record == "event" else snapshot.rows(record)
    if "account_id" not in told.columns:
        none = reach.filter(False)
        return none.select("as_of", "record", account_id=ibis.null("string"), covered_to=none.covered_to)
    joined = reach.inner_join(told.select("account_id", "source").distinct(), "source")
    return joined.group_by(["as_of", "record", "account_id"]).aggregate(covered_to=joined.covered_to.min())


def _reached(
    days: Sequence[date], happened: dict[str, list[date]], sources: dict[str, set[str]], definitions: Definitions
) -> list[Reach]:
    rows: list[Reach] = []
    for record, names in sorted(sources.items()):
        defined = [n for n in names if n in definitions.sources] or list(names)
        longest = {n: definitions.settings.expected_days(n) for n in defined}
        for day in days:
            ends = {name: end for name in defined if (end := _newest(happened[name], day)) is not None}
            late = {n: end for n, end in ends.items() if (most := longest[n]) is not None and (day - end).days > most}
            fresh = [end for name, end in ends.items() if name not in late]
            if ends:
                rows.append(Reach(day, record, None, max(fresh or ends.values())))
            rows += [Reach(day, record, name, end) for name, end in sorted(late.items())]
    return rows


def _newest(found: list[date], day: date) -> date | None:
    place = bisect_right(found, day)
    return found[place - 1] if place else None


def _happened(snapshot: Snapshot, known_by: date | None) -> Happened:
    """The days on which anything happened, by source; the sources by record."""
    return snapshot.once(("happened", known_by), lambda: _looked_up(snapshot, known_by))


def _looked_up(snapshot: Snapshot, known_by: date | None) -> Happened:
    days: dict[str, set[date]] = {}
    sources: dict[str, set[str]] = {}
    for record in READABLE.values():
        if not snapshot.loaded(record.name):
            continue
        seen = snapshot if known_by is None else snapshot.cut(known_by)
        pairs = snapshot.engine.arrow(_pairs(seen, record))
        for source, day in zip(pairs["source"].to_pylist(), pairs["day"].to_pylist(), strict=True):
            sources.setdefault(record.name, set()).add(source)
            days.setdefault(source, set())
            if day is not None:
                days[source].add(day)
    return {source: sorted(found) for source, found in days.items()}, sources


def _pairs(snapshot: Snapshot, record: RecordType) -> ir.Table:
    if record.name == "event":
        return snapshot.event_days.select("source", "day").distinct()
    rows = snapshot.rows(record.name)
    names = {*record.dated_by, *(c.holds_from for c in record.columns if c.holds_from)}
    if record.append:
        names = set(record.dated_by)
    dates = [snapshot.local_day(rows[record.column(name).stored_name]) for name in sorted(names)]
    if not record.append:
        dates += [snapshot.local_day(rows.effective_at), snapshot.local_day(rows.known_at)]
    parts = [rows.select("source", day=day).distinct() for day in dates]
    return (ibis.union(*parts) if len(parts) > 1 else parts[0]).distinct()
