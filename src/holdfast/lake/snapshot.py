"""A bound state of the lake: the rows of fixed versions, asked by either clock."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import ibis.expr.types as ir
import pyarrow as pa

from holdfast.records import READABLE

from .as_of import Clock, as_of, merge
from .engine import Engine
from .local_time import end_of_day

Rows = Callable[[str], ir.Table]
Fact = TypeVar("Fact")


class Snapshot:
    """Records as they stand in one set of table versions.

    ``rows_of`` gives all stored versions of a record by name. ``masters`` maps ``record.column`` or
    ``record`` to the source that wins where sources differ.
    """

    def __init__(
        self, engine: Engine, rows_of: Rows, zone: str = "UTC", masters: Mapping[str, str] | None = None
    ) -> None:
        self.engine = engine
        self.zone = zone
        self.masters = dict(masters or {})
        self._rows_of = rows_of
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
            self._rows[record] = self._rows_of(record)
        return self._rows[record]

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
            rows = self.rows(record)
            found = self.engine.arrow(rows.group_by("source").aggregate(n=rows.count()))
            return dict(zip(found["source"].to_pylist(), found["n"].to_pylist(), strict=True))

        return self.once(("sizes", record), count)

    def loaded(self, record: str) -> bool:
        """Whether any row of ``record`` was ever stored."""
        return bool(self.sources(record))

    def as_of(self, record: str, days: ir.Table, clock: Clock = "known", *, merged: bool = True) -> ir.Table:
        """The rows of ``record`` that held on each of ``days``; one per key unless ``merged`` is false."""
        kind = READABLE[record]
        view = as_of(self.rows(record), kind, days, clock)
        sources = self.sources(record)
        if merged and not kind.append and len(sources) > 1:
            view = merge(view, kind, sources, self.masters)
        return view

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
        events = self.rows("event")
        newest = self.engine.arrow(events.aggregate(m=events.occurred_at.max()))["m"][0].as_py()
        if newest is None:
            return None
        one = self.engine.frame(pa.table({"t": pa.array([newest], pa.timestamp("us"))}))
        day: date = self.engine.arrow(one.select(d=self.local_day(one.t)))["d"][0].as_py()
        return day
