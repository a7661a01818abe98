"""The event table at one version, read by local days: only the files that may hold them are opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq

from holdfast.lake import Engine, Lake, LakeTable, Snapshot, end_of_day, stored_schema
from holdfast.lake.changes import added
from holdfast.lake.layout import MONTH
from holdfast.lake.spans import Span, touching
from holdfast.records import EVENT

DAY = timedelta(days=1)


@dataclass(frozen=True)
class EventLog:
    """Events as they stand in ``version``; days are those of ``zone``."""

    lake: Lake
    engine: Engine
    version: int
    zone: str

    @property
    def table(self) -> LakeTable:
        """The table of events."""
        return self.lake.table(EVENT.name)

    def days(self) -> list[date]:
        """Every day with events."""
        return self._days(self.table.paths(self.version))

    def days_since(self, before: int) -> list[date] | None:
        """The days to which events came after version ``before``; None where it cannot be told."""
        paths = added(self.table, before, self.version) if before <= self.version else None
        return None if paths is None else self._days(paths)

    def size(self, month: str) -> int:
        """How many events lie in the month's partition."""
        paths = [p for p in self.table.paths(self.version) if p.parent.name == f"{MONTH}={month}"]
        return sum(pq.read_metadata(path).num_rows for path in paths)

    def of(self, days: Sequence[date]) -> Snapshot:
        """The events of ``days``."""
        spans = [(end_of_day(first - DAY, self.zone), end_of_day(last, self.zone)) for first, last in _runs(days)]
        months = {f"{MONTH}={month}" for span in spans for month in _months(span)}
        paths = [p for p in self.table.paths(self.version) if p.parent.name in months]
        rows = self._rows(touching(paths, "occurred_at", spans))
        inside = [(rows.occurred_at >= _moment(start)) & (rows.occurred_at < _moment(end)) for start, end in spans]
        return Snapshot(self.engine, lambda _: rows.filter(ibis.or_(*inside)), self.zone)

    def _days(self, paths: Sequence[Path]) -> list[date]:
        rows = self._rows(paths)
        days = rows.select(day=self.engine.local_time(rows.occurred_at, self.zone).date()).distinct()
        return sorted(self.engine.arrow(days)["day"].to_pylist())

    def _rows(self, paths: Sequence[Path]) -> ir.Table:
        return self.engine.parquet(self.table.opened(paths), stored_schema(EVENT))


def _runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """First and last day of each run of days without a gap."""
    ordered = sorted(set(days))
    starts = [d for n, d in enumerate(ordered) if not n or d - ordered[n - 1] > DAY]
    ends = [d for n, d in enumerate(ordered) if n + 1 == len(ordered) or ordered[n + 1] - d > DAY]
    return zip(starts, ends, strict=True)


def _months(span: Span) -> Iterator[str]:
    """The months of UTC that a span touches."""
    month = span[0].replace(day=1)
    while month < span[1]:
        yield f"{month:%Y-%m}"
        month = (month + timedelta(days=32)).replace(day=1)


def _moment(value: datetime) -> ir.TimestampScalar:
    return ibis.timestamp(value.isoformat())
