"""Keeps the roll-up of events in the lake: only the days that new batches touch are made anew."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.definitions.bundle import Definitions
from holdfast.failpoint import failpoint
from holdfast.lake import Engine, Lake, LakeTable, StagedFile
from holdfast.lake.lake import file_schema
from holdfast.lake.layout import MONTH
from holdfast.lake.snapshot import in_force
from holdfast.metrics.rollup.masks import Bits
from holdfast.metrics.rollup.sessions import DAYS_BACK
from holdfast.metrics.rollup.stored import rollup_columns, rollup_name
from holdfast.metrics.rollup.user_day import user_day

from .event_log import DAY, EventLog

PLACES = "mask_places"
"""The table of the values of which roll-ups keep masks, with the place that each has got."""
FEW = 6
"""files of one month that lie beside each other; where there are so many, the month is written as one"""
AT_ONCE = 3_000_000
"""events that are rolled up by one query; a month that holds more is one by itself"""
_COVERS = "events"
_ORDER = ["account_id", "user_key", "day", "source", "known_day", "_made"]
_PLACES = pa.schema([("rollup", pa.string()), ("column", pa.string()), ("place", pa.int64()), ("value", pa.string())])


def roll_up(
    lake: Lake, engine: Engine, definitions: Definitions, version: int | None, zone: str, staging: Path,
    *, full: bool = False,
) -> dict[str, int]:
    """Bring the roll-up of ``definitions`` up to ``version`` of the events; its version in the lake, by its name.

    One commit, whole or not at all. A roll-up that was never made, or of which it cannot be told what came
    since, is made from all events, month by month; with ``full`` in any case. Without events there is none.
    """
    if version is None:
        return {}
    table, log = lake.table(rollup_name(definitions, zone)), EventLog(lake, engine, version, zone)
    before = None if full else table.done(_COVERS)
    if before != version:
        touched = None if before is None else log.days_since(before)
        update = _Update(log, definitions, table, staging)
        if touched is None or not update.some(touched):
            update.all()
    found = table.version()
    return {} if found is None else {table.name: found}


def mask_places(lake: Lake, rollup: str) -> dict[str, list[str]]:
    """Column -> the values that have a place in the masks of a roll-up, in order. A place is never given twice."""
    rows = [row for path in lake.table(PLACES).files() for row in pq.read_table(path).to_pylist()]
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: r["place"]):
        if row["rollup"] == rollup:
            found[row["column"]].append(row["value"])
    return dict(found)


@dataclass(frozen=True)
class _Update:
    log: EventLog
    definitions: Definitions
    table: LakeTable
    staging: Path

    def some(self, touched: Sequence[date]) -> bool:
        """Make the rows of the touched days anew, and of the days after them whose sessions they may change.

        False, and nothing is stored, where a mask needs more words than the table has.
        """
        known = self._places()
        bits = Bits(known)
        files: list[StagedFile] = []
        left: list[Path] = []
        shutil.rmtree(self.staging, ignore_errors=True)
        for month, days in _by_month({day + DAY * k for day in touched for k in range(DAYS_BACK + 1)}).items():
            beside = [p for p in self.table.paths() if p.parent.name == f"{MONTH}={month}"]
            old = beside if len(beside) >= FEW else []
            made = self._made(days, bits)
            files += self._month(made, month, days, old)
            self.log.engine.release(made)
            left += old
        before = Bits(known).words()
        if any(words != before.get(column, 1) for column, words in bits.words().items()):
            return False
        self._store(files, bits, known, left)
        return True

    def all(self) -> None:
        """Make all rows from all events."""
        known = self._places()
        bits = Bits(known)
        shutil.rmtree(self.staging, ignore_errors=True)
        files: list[StagedFile] = []
        for months in self._together(_by_month(self.log.days())):
            made = self._made([day for days in months.values() for day in days], bits)
            files += [file for month, days in months.items() for file in self._month(made, month, days, [])]
            self.log.engine.release(made)
        self._store(files, bits, known, self.table.paths(), whole=True)

    def _together(self, months: Mapping[str, list[date]]) -> Iterator[dict[str, list[date]]]:
        """Months that follow one another, as many at once as hold AT_ONCE events: a query a month costs more."""
        group: dict[str, list[date]] = {}
        events = 0
        for month, days in months.items():
            size = self.log.size(month)
            if group and events + size > AT_ONCE:
                yield group
                group, events = {}, 0
            group[month] = days
            events += size
        if group:
            yield group

    def _made(self, days: Sequence[date], bits: Bits) -> ir.Table:
        """The roll-up of ``days``, and of the days before them that they look back to."""
        around = sorted({day - DAY * k for day in days for k in range(DAYS_BACK + 1)})
        return user_day(self.log.of(around), self.definitions.features, rollup_columns(self.definitions), bits)

    def _month(self, made: ir.Table, month: str, days: Sequence[date], old: Sequence[Path]) -> list[StagedFile]:
        """The rows of ``days``, and those of the month's other days that are in force in ``old``, as a file."""
        engine = self.log.engine
        failpoint("rollup.before_write")
        rows = made.filter(made.day.isin(list(days))).mutate(_made=ibis.literal(self.log.version, "int64"))
        if old:
            paths = self.table.opened(old)
            stored = in_force(engine.parquet(paths, file_schema(paths)))
            others = stored.filter(~stored.day.isin(list(days))).select(*rows.columns)
            rows = ibis.union(rows, others.cast(rows.schema()))
        written = engine.write(rows.order_by(_ORDER), self.staging / month)
        failpoint("rollup.after_write")
        return [StagedFile(path, {MONTH: month}) for path in written if pq.read_metadata(path).num_rows]

    def _store(
        self, files: Sequence[StagedFile], bits: Bits, known: dict[str, list[str]], left: Sequence[Path],
        *, whole: bool = False,
    ) -> None:
        """Commit the places that values were given, then the rows that use them."""
        if not files and not self.table.exists:
            return
        self._keep(bits, known)
        schema = file_schema([f.path for f in files] or self.table.paths())
        failpoint("rollup.before_commit")
        self.table.commit(
            files, schema, _COVERS, number=self.log.version, partition_by=[MONTH], instead_of=() if whole else left,
            mode="overwrite" if whole else "append", same_rows=False, again=whole,
        )
        failpoint("rollup.after_commit")
        shutil.rmtree(self.staging, ignore_errors=True)

    def _places(self) -> dict[str, list[str]]:
        return mask_places(self.log.lake, self.table.name)

    def _keep(self, bits: Bits, known: dict[str, list[str]]) -> None:
        new = [
            {"rollup": self.table.name, "column": column, "place": place, "value": value}
            for column, values in sorted(bits.values.items())
            for place, value in enumerate(values) if place >= len(known.get(column, ()))
        ]
        if not new:
            return
        self.staging.mkdir(parents=True, exist_ok=True)
        target = self.staging / f"{PLACES}.parquet"
        pq.write_table(pa.Table.from_pylist(new, _PLACES), target)
        app = f"{self.table.name}-{sum(len(v) for v in bits.values.values())}"
        self.log.lake.table(PLACES).commit([StagedFile(target)], _PLACES, app)


def _by_month(days: set[date] | Sequence[date]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = defaultdict(list)
    for day in sorted(days):
        found[f"{day:%Y-%m}"].append(day)
    return dict(found)
