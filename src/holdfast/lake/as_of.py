"""The as-of view of a record: what held on each day, by either clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from holdfast.records import RecordType

Clock = Literal["known", "believed"]
_BEGINNING = "0001-01-01T00:00:00"
LINEAGE = ("source", "batch_id", "file", "line", "known_at", "row_hash")


def as_of(rows: ir.Table, record: RecordType, days: ir.Table, clock: Clock) -> ir.Table:
    """One row per source, key and day: the version that held at the end of the day.

    ``known`` asks what is now known about the day: versions follow one another by ``effective_at`` (by
    ``known_at`` where there is none) and the first is carried back, which ``carried`` marks. ``believed``
    asks what was known by then: only rows with ``known_at`` before the end of the day, nothing carried
    back. A row is not visible before the day it came into being, nor a column before its date has passed.
    """
    joined = in_force(rows, record, days, clock)
    visible = joined.filter(_born(joined, record))
    return visible.select(
        "as_of", **_columns(visible, record), **{c: visible[c] for c in LINEAGE}, carried=visible.carried
    )


def in_force(rows: ir.Table, record: RecordType, days: ir.Table, clock: Clock) -> ir.Table:
    """The raw versions behind ``as_of``: no column waits for its date, and no row for its birth."""
    rows = rows.mutate(_from=ibis.coalesce(rows.effective_at, rows.known_at))
    if record.append:
        joined = _append(rows, days, clock)
    elif clock == "known":
        joined = _known(rows, record, days)
    else:
        joined = _believed(rows, record, days)
    return joined.filter(~joined.deleted.fill_null(False))


def _append(rows: ir.Table, days: ir.Table, clock: Clock) -> ir.Table:
    condition = [rows.known_at < days.until] if clock == "believed" else []
    joined = rows.inner_join(days, condition) if condition else rows.cross_join(days)
    return joined.mutate(carried=ibis.literal(False))


def _known(rows: ir.Table, record: RecordType, days: ir.Table) -> ir.Table:
    window = ibis.window(
        group_by=["source", *record.stored_key], order_by=["_from", "known_at", "row_hash", "line"]
    )
    beginning = ibis.timestamp(_BEGINNING)
    versions = rows.mutate(_n=ibis.row_number().over(window), _to=rows._from.lead().over(window))
    versions = versions.mutate(_since=ibis.ifelse(versions._n == 0, beginning, versions._from))
    ends = ibis.coalesce(versions._to, ibis.timestamp("9999-12-31"))
    joined = versions.inner_join(days, [versions._since < days.until, ends >= days.until])
    undated = ibis.literal(not record.dated_by)
    return joined.mutate(carried=undated & (joined._from >= joined.until))


def _believed(rows: ir.Table, record: RecordType, days: ir.Table) -> ir.Table:
    joined = rows.inner_join(days, [rows.known_at < days.until, rows._from < days.until])
    window = ibis.window(
        group_by=["as_of", "source", *record.stored_key],
        order_by=[ibis.desc("_from"), ibis.desc("known_at"), ibis.desc("row_hash"), ibis.desc("line")],
    )
    ranked = joined.mutate(_n=ibis.row_number().over(window))
    return ranked.filter(ranked._n == 0).mutate(carried=ibis.literal(False))


def _born(joined: ir.Table, record: RecordType) -> ir.BooleanValue:
    dates = [joined[record.column(c).stored_name] for c in record.dated_by]
    if not dates:
        return ibis.literal(True)
    moments = [_passed(d, joined) for d in dates]
    known = ibis.coalesce(*moments) if len(moments) > 1 else moments[0]
    return known.fill_null(True)


def _passed(value: ir.Value, joined: ir.Table) -> ir.BooleanValue:
    """Whether a date or moment has passed by the end of the as-of day; null stays null."""
    if isinstance(value.type(), dt.Date):
        return value <= joined.as_of
    return value < joined.until


def _columns(joined: ir.Table, record: RecordType) -> dict[str, ir.Value]:
    columns: dict[str, ir.Value] = {}
    for column in record.columns:
        value = joined[column.stored_name]
        if column.holds_from:
            start = joined[record.column(column.holds_from).stored_name]
            value = ibis.ifelse(_passed(start, joined).fill_null(False), value, ibis.null(value.type()))
        columns[column.stored_name] = value
    return columns


def merge(view: ir.Table, record: RecordType, order: Sequence[str], masters: dict[str, str]) -> ir.Table:
    """One row per key and day from the views of several sources.

    Each column takes its value from its master source where that has one, else from the first source in
    ``order`` that does. Lineage is that of the first source present.
    """
    keys = ["as_of", *record.stored_key]
    names = [c.stored_name for c in record.columns if c.stored_name not in record.stored_key]
    declared = {c.stored_name: c.name for c in record.columns}

    def pick(name: str) -> ir.Value:
        first = masters.get(f"{record.name}.{declared.get(name, name)}")
        ranked = sorted(order, key=lambda source: source != first)
        parts = [view[name].max(where=view.source == source) for source in ranked]
        return ibis.coalesce(*parts)

    picked = {name: pick(name) for name in (*names, *LINEAGE)}
    merged = view.group_by(keys).aggregate(carried=view.carried.min(), **picked)
    return merged.select("as_of", *(c.stored_name for c in record.columns), *LINEAGE, "carried")
