"""The names that an expression over the rows of a record may use, and the day that places a row."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from holdfast.definitions.expression import Expression
from holdfast.lake import Snapshot
from holdfast.records import RecordType


def columns(rows: ir.Table, record: RecordType) -> dict[str, ir.Value]:
    """Columns by declared and by stored name; ``as_of`` and ``until`` of the day besides.

    A personal column stands for its key: it can be counted and compared, never read.
    """
    named: dict[str, ir.Value] = {name: rows[name] for name in rows.columns}
    named.update({c.name: rows[c.stored_name] for c in record.columns if c.stored_name in rows.columns})
    return named


def value(expression: Expression, names: Mapping[str, ir.Value]) -> ir.Value:
    """The expression over columns."""
    from holdfast.lake.translate import to_ibis

    return to_ibis(expression, names)


def holds(expression: Expression | None, names: Mapping[str, ir.Value]) -> ir.BooleanValue:
    """Whether the condition is true; unknown is not true, no condition is always true."""
    if expression is None:
        return ibis.literal(True)
    found = value(expression, names)
    return found.fill_null(False) if isinstance(found, ir.BooleanValue) else (found != 0).fill_null(False)


def moment(rows: ir.Table, record: RecordType, by: str | None) -> ir.TimestampValue:
    """When a row happened: ``by``, or the first of the record's own dates that is there."""
    if by is not None:
        stored = record.by_name[by].stored_name if by in record.by_name else by
        return _timestamp(rows[stored])
    dates = [_timestamp(rows[record.column(name).stored_name]) for name in record.dated_by]
    return ibis.coalesce(*dates) if dates else ibis.null("timestamp")


def day_column(by: str | None) -> str:
    """Where the day of a row stands once it has been computed."""
    return f"_day__{by or ''}"


def day(snapshot: Snapshot, rows: ir.Table, record: RecordType, by: str | None) -> ir.DateValue:
    """The local day of ``moment``; a date is its own day."""
    if day_column(by) in rows.columns:
        return rows[day_column(by)]
    if by is not None:
        stored = record.by_name[by].stored_name if by in record.by_name else by
        return snapshot.local_day(rows[stored])
    dates = [snapshot.local_day(rows[record.column(name).stored_name]) for name in record.dated_by]
    return ibis.coalesce(*dates) if dates else ibis.null("date")


def _timestamp(column: ir.Value) -> ir.TimestampValue:
    return column if isinstance(column.type(), dt.Timestamp) else column.cast("timestamp")
