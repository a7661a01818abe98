"""A snapshot of tables in memory: for tests, notebooks and flat files."""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir
import pyarrow as pa

from holdfast.records import RECORDS, TEXT_MARK, RecordType

from .duckdb_engine import duckdb_engine
from .engine import Engine
from .snapshot import Snapshot
from .stored import stored_schema
from .text_marks import MARKS, TEXT_MARKS, text_mark_rows, without_table


def memory_snapshot(
    tables: Mapping[str, pa.Table],
    engine: Engine | None = None,
    zone: str = "UTC",
    masters: Mapping[str, str] | None = None,
) -> Snapshot:
    """A snapshot of Arrow tables in stored form, ``text_marks`` among them; columns left out are null.

    Without ``known_at`` a row counts as known when it came into being.
    """
    used: Engine = duckdb_engine() if engine is None else engine
    records = {name: stored_rows(data, RECORDS[name]) for name, data in tables.items() if name != TEXT_MARKS}
    frames = {name: used.frame(data) for name, data in records.items()}
    marks = used.frame(tables.get(TEXT_MARKS, MARKS.empty_table()))

    def rows_of(record: str) -> ir.Table:
        if record == TEXT_MARK.name:
            return text_mark_rows(rows_of, marks)
        if record not in frames:
            frames[record] = used.frame(stored_schema(RECORDS[record]).empty_table())
        return frames[record]

    return Snapshot(used, rows_of, zone, masters, absent=without_table(tables))


def stored_rows(data: pa.Table, record: RecordType) -> pa.Table:
    """``data`` in the stored form of ``record``, with defaults for the columns it lacks."""
    schema = stored_schema(record)
    unknown = set(data.column_names) - set(schema.names)
    if unknown:
        raise KeyError(f"{record.name} has no stored column {sorted(unknown)}")
    columns = []
    for field in schema:
        if field.name in data.column_names:
            columns.append(_cast(data[field.name], field.type))
        elif field.name == "line":
            columns.append(pa.array(range(2, data.num_rows + 2), field.type))
        else:
            columns.append(_default(field.name, field.type, data, record))
    return pa.table(columns, schema=schema)


def _default(name: str, kind: pa.DataType, data: pa.Table, record: RecordType) -> pa.Array | pa.ChunkedArray:
    n = data.num_rows
    if name == "known_at":
        for column in record.dated_by:
            stored = record.column(column).stored_name
            if stored in data.column_names:
                return data[stored].cast(pa.timestamp("us")).fill_null(pa.scalar(0, pa.timestamp("us")))
        return pa.array([0] * n, pa.int64()).cast(kind)
    constants = {"source": "test", "batch_id": "b1", "deleted": False, "row_hash": 0, "file": "test.csv"}
    return pa.array([constants.get(name)] * n, kind)


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if pa.types.is_decimal(kind) and pa.types.is_integer(column.type):
        column = column.cast(pa.decimal128(38, kind.scale))
    return column.cast(kind)
