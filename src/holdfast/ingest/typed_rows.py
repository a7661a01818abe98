"""Running the plan of one record over a chunk: typed columns, and what is wrong with which row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from holdfast.records import Column

from .clock import corrected, in_future
from .local_time import to_local, to_utc
from .map_context import MapContext
from .reason import Reason
from .record_plan import EFFECTIVE, RECEIVED, RecordPlan

if TYPE_CHECKING:
    import duckdb

DAY = 86_400_000_000
TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "json": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.decimal128(18, 6),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}
EMAIL = r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}$"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row: the number of the first bad column, and why."""

    column: int
    reason: Reason


@dataclass(frozen=True)
class TypedRows:
    """Rows one record plan wants. ``ordinals`` says which row of the chunk each was made of."""

    ordinals: np.ndarray
    table: pa.Table
    faults: dict[int, Fault]
    notes: dict[str, int]


def typed_rows(plan: RecordPlan, con: duckdb.DuckDBPyConnection, zone: str, context: MapContext) -> TypedRows:
    """Run ``plan`` over the registered table ``raw``."""
    result = con.execute(plan.sql).to_arrow_table().combine_chunks()
    columns = {p.column.name: _typed(result, n, p.column, zone) for n, p in enumerate(plan.columns)}
    notes: dict[str, int] = {}
    if RECEIVED.name in columns and "occurred_at" in columns:
        columns["occurred_at"], fixed, ahead = corrected(
            columns["occurred_at"], columns.get("sent_at"), columns[RECEIVED.name]
        )
        notes = {"clock_corrected": fixed, "clock_ahead": ahead}
    ordinals = _column(result, "_row").to_numpy(zero_copy_only=False)
    faults = _faults(plan, result, columns, ordinals, context)
    return TypedRows(ordinals, _table(plan, columns, result), faults, notes)


def _column(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    return (
        column.chunk(0)
        if column.num_chunks == 1
        else pa.concat_arrays(column.chunks)
        if column.num_chunks
        else pa.array([], column.type)
    )


def _typed(result: pa.Table, number: int, column: Column, zone: str) -> pa.Array:
    values = _column(result, f"v{number}")
    if column.kind not in ("date", "timestamp"):
        return values.cast(TYPES[column.kind])
    naive = np.asarray(values.cast(pa.timestamp("us")).cast(pa.int64()).fill_null(0))
    zoned = np.asarray(_column(result, f"z{number}").fill_null(False))
    gone = ~np.asarray(values.is_valid())
    if column.kind == "timestamp":
        utc = naive if zone == "UTC" or zoned.all() else np.where(zoned, naive, to_utc(naive, zone))
        return pa.array(utc, pa.int64(), mask=gone).cast(pa.timestamp("us"))
    local = np.where(zoned, to_local(naive, zone), naive) if zoned.any() and zone != "UTC" else naive
    return pa.array((local // DAY).astype(np.int32), pa.int32(), mask=gone).cast(pa.date32())


def _faults(
    plan: RecordPlan,
    result: pa.Table,
    columns: dict[str, pa.Array],
    ordinals: np.ndarray,
    context: MapContext,
) -> dict[int, Fault]:
    found: dict[int, Fault] = {}
    bad = _column(result, "bad")
    for at in np.flatnonzero(np.asarray(bad.is_valid())).tolist():
        number, reason = bad[at].as_py().split(":", 1)
        found[int(ordinals[at])] = Fault(int(number), reason)
    places = {p.column.name: n for n, p in enumerate(plan.columns)}
    for name, late in in_future(plan.kind, columns, context.now).items():
        for row in ordinals[late].tolist():
            if row not in found or found[row].column > places[name]:
                found[row] = Fault(places[name], "future")
    return found


def _table(plan: RecordPlan, columns: dict[str, pa.Array], result: pa.Table) -> pa.Table:
    arrays, fields = [], []
    for column in plan.kind.columns:
        kind = TYPES[column.kind]
        array = columns.get(column.name)
        if array is None and column.name == plan.attributes:
            array = _column(result, "attributes").cast(kind)
        if column.name == "email_valid" and "email" in columns:
            stated = pa.nulls(result.num_rows, kind) if array is None else array
            array = pc.coalesce(stated, pc.match_substring_regex(columns["email"], EMAIL))
        arrays.append(pa.nulls(result.num_rows, kind) if array is None else array)
        fields.append(pa.field(column.name, kind))
    if EFFECTIVE.name in columns:
        arrays.append(columns[EFFECTIVE.name])
        fields.append(pa.field(EFFECTIVE.name, pa.timestamp("us")))
    if plan.personal:
        arrays.append(_column(result, "personal").cast(pa.string()))
        fields.append(pa.field("_personal_attributes", pa.string()))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))
