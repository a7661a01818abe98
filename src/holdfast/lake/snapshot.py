"""A bound state of the lake: the rows of fixed versions, asked by either clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, TypeVar

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.records import READABLE

from .as_of import Clock, as_of, merge
from .engine import Engine
from .local_time import end_of_day

Rows = Callable[[str], ir.Table]
Fact = TypeVar("Fact")
_EVENT_DAY = ["source", "account_id", "day", "known_day"]


class Snapshot:
    """Records as they stand in one set of table versions.

    ``rows_of`` gives all stored versions of a record by name. ``masters`` maps ``record.column`` or
    ``record`` to the source that wins where sources differ. ``rollups`` gives the stored roll-ups of events
    by name (see ``lake.stored.ROLLUP``). Where ``known_by`` is set, nothing that became known after the end
    of that day is in the snapshot. ``absent`` names records that have no rows, which saves looking.
    """

    def __init__(
        self, engine: Engine, rows_of: Rows, zone: str = "UTC", masters: Mapping[str, str] | None = None,
        rollups: Mapping[str, Rows] | None = None, known_by: date | None = None, absent: Collection[str] = (),
    ) -> None:
        self.engine = engine
        self.zone = zone
        self.masters = dict(masters or {})
        self.known_by = known_by
        self.absent = frozenset(absent)
        self._rows_of = rows_of
        self._rollups = dict(rollups or {})
        self._rows: dict[str, ir.Table] = {}
        self._sources: dict[str, list[str]] = {}
        self._facts: dict[Hashable, Any] = {}

    def once(self, name: Hashable, find: Callable[[], Fact]) -> Fact:
        """A fact about the stored rows, found when it is first asked for: the rows never change."""
        if name not in self._facts:
            self._facts[name] = find()
        found: Fact = self._facts[name]
        return found

    def rows(self, record: str) -> ir.Table:
        """All stored row versions of ``record``, in stored form."""
        if record not in self._rows:
            rows = self._rows_of(record)
            if self.known_by is not None:
                rows = rows.filter(rows.known_at < self._end(self.known_by))
            self._rows[record] = rows
        return self._rows[record]

    def cut(self, day: date) -> Snapshot:
        """The snapshot as it stood at the end of ``day``: without what became known later."""
        earliest = day if self.known_by is None else min(day, self.known_by)
        return Snapshot(self.engine, self._rows_of, self.zone, self.masters, self._rollups, earliest, self.absent)

    def of_accounts(self, accounts: Collection[str]) -> Snapshot:
        """The snapshot with nothing but rows of ``accounts``, and rows that belong to no account."""
        chosen = sorted(accounts)

        def only(rows: ir.Table) -> ir.Table:
            return rows.filter(rows.account_id.isin(chosen)) if "account_id" in rows.columns else rows

        rollups = {name: partial(_through, only, read) for name, read in self._rollups.items()}
        return Snapshot(
            self.engine, partial(_through, only, self._rows_of), self.zone, self.masters, rollups, self.known_by,
            self.absent)

    @property
    def rolled_up(self) -> bool:
        """Whether any roll-up of events is stored."""
        return bool(self._rollups)

    def rollup(self, name: str) -> ir.Table | None:
        """The rows of a stored roll-up that are in force; None where it is not stored."""
        if name not in self._rollups:
            return None
        rows = self.once(("roll-up", name), lambda: in_force(self._rollups[name](name)))
        return rows if self.known_by is None else rows.filter(rows.known_day <= ibis.date(self.known_by.isoformat()))

    @cached_property
    def account_ids(self) -> ir.Table:
        """``account_id`` of every account that any row names."""
        records = [self.rows(name) for name in READABLE if name != "event" and self.loaded(name)]
        found = [rows for rows in (self.event_days, *records) if "account_id" in rows.columns]
        ids = ibis.union(*(rows.select("account_id").distinct() for rows in found), distinct=True)
        return self.engine.cache(ids.filter(ids.account_id.notnull()))

    @cached_property
    def event_days(self) -> ir.Table:
        """Events by ``source``, ``account_id``, ``day`` and ``known_day``: how many (``n``), and how many of
        them carry a time of day (``timed``). From a roll-up, where one is stored."""
        stored = next((self.rollup(name) for name in sorted(self._rollups)), None)
        if stored is not None:
            rows = stored.filter(stored._rows > 0).select(*_EVENT_DAY, n="_rows", timed="_timed")
        else:
            events = self.rows("event")
            rows = events.select(
                "source", "account_id", day=self.local_day(events.occurred_at),
                known_day=self.local_day(events.known_at), n=ibis.literal(1, "int64"),
                timed=self.timed(events.occurred_at).cast("int64"),
            )
        totals = rows.group_by(_EVENT_DAY).aggregate(n=rows.n.sum().cast("int64"), timed=rows.timed.sum().cast("int64"))
        return self.engine.cache(totals)

    def timed(self, moment: ir.TimestampValue) -> ir.BooleanValue:
        """Whether the moment is another one than the start of a local day."""
        local = self.local_time(moment)
        return (local != local.truncate("D")).fill_null(False)

    def _end(self, day: date) -> ir.TimestampValue:
        return ibis.timestamp(end_of_day(day, self.zone).isoformat())

    def sources(self, record: str) -> list[str]:
        """The sources that have rows of ``record``, masters first, then by name."""
        if record not in self._sources:
            names = self._sizes(record)
            first = self.masters.get(record)
            self._sources[record] = sorted((n for n in names if n), key=lambda n: (n != first, n))
        return self._sources[record]

    def size(self, record: str) -> int:
        """How many row versions of ``record`` are stored."""
        return sum(self._sizes(record).values())

    def _sizes(self, record: str) -> dict[str, int]:
        def count() -> dict[str, int]:
            if record in self.absent:
                return {}
            if record == "event":
                days = self.event_days
                totals = days.group_by("source").aggregate(n=days.n.sum().cast("int64"))
            else:
                rows = self.rows(record)
                totals = rows.group_by("source").aggregate(n=rows.count())
            found = self.engine.arrow(totals)
            return dict(zip(found["source"].to_pylist(), found["n"].to_pylist(), strict=True))

        return self.once(("sizes", record), count)

    def loaded(self, record: str) -> bool:
        """Whether any row of ``record`` was ever stored."""
        return bool(self.sources(record))

    def as_of(self, record: str, days: ir.Table, clock: Clock = "known", *, merged: bool = True) -> ir.Table:
        """The rows of ``record`` that held on each of ``days``; one per key unless ``merged`` is false."""
        kind = READABLE[record]
        view = as_of(self.rows(record), kind, days, clock)
        if merged and not kind.append and self._shared(record):
            view = merge(view, kind, self.sources(record), self.masters)
        return view

    def _shared(self, record: str) -> bool:
        """Whether two sources tell of the same key."""
        if len(self.sources(record)) < 2:
            return False

        def look() -> bool:
            keys = READABLE[record].stored_key
            told = self.rows(record).group_by(keys).aggregate(n=lambda t: t.source.nunique())
            return bool(self.engine.arrow(told.filter(told.n > 1).limit(1)).num_rows)

        return self.once(("shared", record), look)

    def days(self, dates: Sequence[date]) -> ir.Table:
        """A table of as-of days: ``as_of`` and ``until``, the exclusive end of that local day in UTC."""
        ordered = sorted(set(dates))
        data = pa.table({
            "as_of": pa.array(ordered, pa.date32()),
            "until": pa.array([end_of_day(d, self.zone) for d in ordered], pa.timestamp("us")),
        })
        return self.engine.frame(data)

    def local_day(self, moment: ir.Value) -> ir.DateValue:
        """The workspace's calendar day of a UTC moment; a date is its own day."""
        if isinstance(moment, ir.DateValue):
            return moment
        return self.local_time(moment).date()

    def local_time(self, moment: ir.TimestampValue) -> ir.TimestampValue:
        """The workspace's wall-clock time at a UTC moment."""
        return self.engine.local_time(moment, self.zone)

    @cached_property
    def newest_event_day(self) -> date | None:
        """The newest local day over all event rows."""
        newest: date | None = self.engine.arrow(self.event_days.aggregate(m=self.event_days.day.max()))["m"][0].as_py()
        return newest


def _through(only: Callable[[ir.Table], ir.Table], read: Rows, name: str) -> ir.Table:
    return only(read(name))


def in_force(rows: ir.Table) -> ir.Table:
    """The rows of a roll-up without those of days that were made anew since."""
    newest = rows.group_by(_day="day").aggregate(_newest=rows._made.max())
    joined = rows.inner_join(newest, [rows.day == newest._day, rows._made == newest._newest])
    return joined.select(*rows.columns)
