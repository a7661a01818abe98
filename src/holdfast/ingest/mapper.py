"""The chunks of one export, mapped: plans made once, each bad source row set aside whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from holdfast.definitions.source import Source

from .arrow_rows import plain_value
from .base_query import BaseQuery, base_query
from .header import compare, named_columns
from .header_drift import HeaderDrift
from .map_context import MapContext
from .map_engine import give_back, take
from .mapped_chunk import MappedChunk, reject_table
from .raw_chunk import RawChunk, RawReject
from .raw_columns import RawColumns, raw_table
from .reason import HELP
from .record_plan import RecordPlan, record_plan
from .source_rows import SourceRows
from .typed_rows import Fault, TypedRows, typed_rows


class Mapper:
    """Maps the chunks of one export. Plans are made once for each set of columns and types."""

    def __init__(self, source: Source, file: str, path: Path, context: MapContext, rows: SourceRows) -> None:
        self.source, self.file, self.path, self.context = source, file, path, context
        self.zone = source.time_zone or context.zone
        self.format, self.delimiter = rows.format, rows.delimiter
        self.named = tuple(named_columns(source))
        self.drift: HeaderDrift | None = None
        self._first = True
        if rows.columns:
            self.drift = compare(source, rows.format, rows.columns, rows.delimiter, path)
        self._plans: dict[tuple[object, ...], list[RecordPlan]] = {}
        self._con = take()
        self._lookups: set[int] = set()

    def close(self) -> None:
        """Let the memory of the plans go."""
        give_back(self._con, [f"lookup{number}" for number in self._lookups])

    def map(self, chunk: RawChunk) -> MappedChunk:
        """One chunk of rows to typed rows."""
        drift = self._drift(chunk)
        table = chunk.table
        for name in self.named:
            if name not in table.schema.names:
                table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
        names, types = table.schema.names, table.schema.types
        self._con.register("raw", raw_table(table))
        plans = self._plan(tuple(names), tuple(types))
        done = [typed_rows(plan, self._con, self.zone, self.context) for plan in plans]
        self._con.unregister("raw")
        return self._assemble(chunk, plans, done, drift)

    def _drift(self, chunk: RawChunk) -> HeaderDrift | None:
        """The drift of the header, once; that of JSON lines is taken from the first chunk."""
        if not self._first:
            return None
        self._first = False
        if self.drift is None:
            columns = chunk.table.schema.names
            return compare(self.source, self.format, columns, self.delimiter, self.path, optional=True)
        return self.drift

    def _plan(self, names: tuple[str, ...], types: tuple[pa.DataType, ...]) -> list[RecordPlan]:
        key = (names, tuple(map(str, types)))
        if key not in self._plans:
            raw = RawColumns(names, types)
            base = base_query(self.source, raw)
            self._load_lookups(base)
            self._plans[key] = [record_plan(self.source, n, raw, base) for n in range(len(self.source.records))]
        return self._plans[key]

    def _load_lookups(self, base: BaseQuery) -> None:
        for number, lookup in enumerate(base.lookup_list):
            if number not in self._lookups:
                table = self.context.lookup(lookup.record, lookup.by, lookup.take)
                self._con.register("given", table)
                self._con.execute(
                    f"CREATE TABLE lookup{number} AS SELECT CAST(key AS VARCHAR) AS key, "
                    "min(CAST(value AS VARCHAR)) AS value FROM given "
                    "WHERE key IS NOT NULL GROUP BY key"
                )
                self._con.unregister("given")
                self._lookups.add(number)

    def _assemble(
        self, chunk: RawChunk, plans: list[RecordPlan], done: list[TypedRows], drift: HeaderDrift | None
    ) -> MappedChunk:
        faults: dict[int, tuple[RecordPlan, Fault]] = {}
        wanted = np.zeros(chunk.table.num_rows, bool)
        notes: dict[str, int] = {}
        for plan, rows in zip(plans, done, strict=True):
            wanted[rows.ordinals] = True
            for ordinal, fault in rows.faults.items():
                faults.setdefault(ordinal, (plan, fault))
            for name, count in rows.notes.items():
                notes[name] = notes.get(name, 0) + count
        bad = np.zeros(chunk.table.num_rows, bool)
        bad[list(faults)] = True
        lines = chunk.lines.to_numpy()
        records = {}
        for index, rows in enumerate(done):
            keep = ~bad[rows.ordinals]
            table = rows.table.append_column("_line", pa.array(lines[rows.ordinals], pa.int64()))
            records[index] = table if keep.all() else table.filter(pa.array(keep))
        rejects = [*chunk.rejects, *(_reject(chunk, o, *found) for o, found in faults.items())]
        return MappedChunk(
            self.file, chunk.rows_in, lines[~wanted].tolist(), records, reject_table(rejects), drift, notes
        )


def _reject(chunk: RawChunk, ordinal: int, plan: RecordPlan, fault: Fault) -> RawReject:
    column = plan.columns[fault.column]
    name = column.origin or column.column.name
    value = ""
    if column.origin and column.origin in chunk.table.schema.names:
        found = plain_value(chunk.table.column(column.origin), ordinal)
        value = "" if found is None else str(found)[:200]
    detail = f"{plan.kind.name}.{column.column.name}: {HELP[fault.reason]}"
    return RawReject(
        chunk.lines[ordinal].as_py(),
        chunk.last_lines[ordinal].as_py(),
        fault.reason,
        detail,
        chunk.raw(ordinal),
        name,
        value,
    )
