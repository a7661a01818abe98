"""Local days of moments that are known to lie in a span: a few comparisons instead of a century's."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.lake import Snapshot
from holdfast.lake.local_day import transitions
from holdfast.records import RECORDS


class BoundedSnapshot(Snapshot):
    """A snapshot that localises days by the zone's transitions within the span of its own moments."""

    @classmethod
    def of(cls, snapshot: Snapshot) -> BoundedSnapshot:
        """The same rows."""
        return cls(snapshot.engine, snapshot.rows, snapshot.zone, snapshot.masters)

    def local_day(self, moment: ir.Value) -> ir.DateValue:
        """The workspace's calendar day of a UTC moment; a date is its own day."""
        if isinstance(moment, ir.DateValue):
            return moment
        local = moment + ibis.interval(seconds=self._steps[0][1])
        tests = [
            (moment >= ibis.timestamp(start.isoformat()), moment + ibis.interval(seconds=seconds))
            for start, seconds in reversed(self._steps[1:])
        ]
        return (ibis.cases(*tests, else_=local) if tests else local).date()

    @cached_property
    def _steps(self) -> list[tuple[datetime, int]]:
        """The transitions that matter, the one in force at the beginning first."""
        steps, (first, last) = list(transitions(self.zone)), self._span
        before = [s for s in steps if s[0] <= first]
        return [*(before[-1:] or steps[:1]), *(s for s in steps if first < s[0] <= last)]

    @cached_property
    def _span(self) -> tuple[datetime, datetime]:
        found: list[datetime] = []
        for record in RECORDS:
            if self.loaded(record):
                found += self._ends(self.rows(record))
        return (min(found), max(found)) if found else (datetime(2000, 1, 1), datetime(2000, 1, 1))

    def _ends(self, rows: ir.Table) -> list[datetime]:
        names = [n for n, kind in rows.schema().items() if kind.is_timestamp()]
        ends = rows.aggregate(**{f"{n}_a": rows[n].min() for n in names}, **{f"{n}_z": rows[n].max() for n in names})
        data: pa.Table = self.engine.arrow(ends)
        return [v for column in data.columns for v in column.to_pylist() if v is not None]
