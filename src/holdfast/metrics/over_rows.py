"""Metrics computed from the as-of rows of a record: all of one record in one query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from holdfast.definitions.expression import Expression
from holdfast.definitions.metric import Metric
from holdfast.records import READABLE, RecordType

from . import derived as derived_columns
from . import record_context as context
from .derivation import DERIVATIONS, Context
from .pieces import untold

KEYS = ["account_id", "as_of"]
REGISTERED = tuple(derived_columns.DERIVED_COLUMNS)
EXACT = dt.Decimal(38, 6)
ROWS_AT_ONCE = 2_000_000
"""As-of rows that are held at once; more days are taken in blocks."""


@dataclass(frozen=True)
class Column:
    """One metric over rows: the columns it adds to the rows, and how they are aggregated."""

    row: dict[str, ir.Value]
    total: Callable[[ir.Table], dict[str, ir.Value]]


@dataclass(frozen=True)
class Values:
    """``table``: ``account_id``, ``as_of``, one column a metric, where there are rows. ``seen``: ``as_of`` of
    the days on which any row is visible."""

    table: ir.Table
    seen: ir.Table


def record_values(at: Context, record: str, metrics: Sequence[Metric], days: Sequence[date]) -> Values:
    """The metrics of one record; the as-of rows are made once and looked at by all of them."""
    per_block = max(1, ROWS_AT_ONCE // max(at.snapshot.size(record), 1))
    blocks = [b for part in apart(at, days) for b in _blocks(part, per_block)]
    parts = [_block(at.on(block), READABLE[record], metrics, block) for block in blocks]
    if len(parts) == 1:
        return parts[0]
    engine = at.snapshot.engine
    table, seen = (ibis.union(*found) for found in ([p.table for p in parts], [p.seen for p in parts]))
    whole = Values(engine.cache(table), engine.cache(seen))
    engine.release(*(t for p in parts for t in (p.table, p.seen)))
    return whole


def apart(at: Context, days: Iterable[date]) -> list[list[date]]:
    """The days, the one that is believed apart from the earlier ones that it looks back to."""
    ordered = sorted(set(days))
    parts = [[d for d in ordered if d != at.believed_on], [d for d in ordered if d == at.believed_on]]
    return [part for part in parts if part]


def _blocks(days: Sequence[date], size: int) -> Iterator[Sequence[date]]:
    for start in range(0, len(days), size):
        yield days[start:start + size]


def _block(at: Context, kind: RecordType, metrics: Sequence[Metric], days: Sequence[date]) -> Values:
    engine = at.snapshot.engine
    rows = engine.cache(_rows(at, kind, metrics, days))
    columns = [row_column(at, rows, kind, metric) for metric in metrics]
    marked = rows.select(*KEYS, **{name: value for c in columns for name, value in c.row.items()})
    totals: dict[str, ir.Value] = {}
    for column in columns:
        totals.update(column.total(marked))
    found = Values(engine.cache(marked.group_by(KEYS).aggregate(**totals)),
                   engine.cache(rows.select("as_of").distinct()))
    engine.release(rows)
    return found


def _rows(at: Context, kind: RecordType, metrics: Sequence[Metric], days: Sequence[date]) -> ir.Table:
    """The as-of rows with what any of the metrics reads, the day by which each places a row among it."""
    derived = list(dict.fromkeys(name for metric in metrics for name in metric.derived))
    placed = sorted({getattr(primitive(m), "by", None) for m in metrics}, key=str)
    named = {*kind.dated_by, *(by for by in placed if by), *(n for m in metrics for n in _names(m))}
    rows = as_of_rows(replace(at, read=frozenset(named)), kind, at.snapshot.days(days), derived)
    days_of = {context.day_column(by): context.day(at.snapshot, rows, kind, by) for by in placed}
    stored = {kind.by_name[n].stored_name if n in kind.by_name else n for n in named}
    read = {*KEYS, "until", "known_at", *kind.stored_key, *stored}
    return rows.select(*(c for c in rows.columns if c in read), **days_of)


def _names(metric: Metric) -> set[str]:
    """The columns that the metric's own words name."""
    over = primitive(metric)
    of, where = getattr(over, "of", None), getattr(over, "where", None)
    words = [e.names for e in (of, where) if isinstance(e, Expression)]
    return set().union(*words, [of] if isinstance(of, str) else [])


def as_of_rows(at: Context, kind: RecordType, days: ir.Table, derived: Sequence[str] = ()) -> ir.Table:
    """The rows of a record as of each day, with ``until`` and the derived columns."""
    rows = at.snapshot.as_of(kind.name, days, at.clock)
    if "until" not in rows.columns:
        rows = rows.inner_join(days.select("as_of", "until"), "as_of")
    for name in derived:
        rows = DERIVATIONS[name](rows, replace(at, days=days))
    return rows


def condition(at: Context, rows: ir.Table, kind: RecordType, metric: Metric) -> ir.BooleanValue:
    """Whether a row counts for the metric: its ``where`` holds and its day lies in the window."""
    over = primitive(metric)
    names = context.columns(rows, kind)
    counts = context.holds(over.where, names)
    by = getattr(over, "by", None)
    if not kind.dated_by and by is None and metric.window_days is None:
        return counts
    day = context.day(at.snapshot, rows, kind, by)
    if metric.days_until is not None:
        return counts & (day >= rows.as_of).fill_null(False)
    inside = day <= rows.as_of
    if metric.window_days is not None:
        inside = inside & (rows.as_of.delta(day, unit="day") < metric.window_days)
    return counts & inside.fill_null(by is None and metric.window_days is None)


def primitive(metric: Metric) -> Any:
    """The definition of what is computed, whichever primitive it is."""
    return getattr(metric, metric.primitive)


def row_column(at: Context, rows: ir.Table, kind: RecordType, metric: Metric) -> Column:
    """What the metric needs of each row, and the aggregate over it."""
    counts = condition(at, rows, kind, metric)
    if metric.primitive in ("count", "sum", "average", "median", "share", "distinct"):
        return _aggregate(rows, kind, metric, counts)
    return _pick(at, rows, kind, metric, counts)


def _aggregate(rows: ir.Table, kind: RecordType, metric: Metric, counts: ir.BooleanValue) -> Column:
    name, over = metric.name, primitive(metric)
    names = context.columns(rows, kind)
    n = f"{name}__n"
    row: dict[str, ir.Value] = {n: counts.cast("int64")}
    if metric.count is not None and over.of is None:
        return Column(row, lambda t: {name: _number(t[n].sum()).nullif(0)})
    if metric.distinct is not None:
        row[name] = ibis.ifelse(counts, names[over.of], ibis.null(names[over.of].type()))
        return Column(row, lambda t: {name: _number(t[name].nunique()).nullif(0)})
    if metric.share is not None or metric.count is not None:
        row[name] = (counts & context.holds(over.of, names)).cast("int64")
        if metric.count is not None:
            told = f"{name}__told"
            row[told] = (counts & context.value(over.of, names).notnull()).cast("int64")
            return Column(row, lambda t: {name: _number(t[name].sum()).nullif(0),
                                          untold(name): (t[n].sum() > 0) & (t[told].sum() == 0)})
        return Column(row, lambda t: {name: _number(t[name].sum()) / _number(t[n].sum()).nullif(0)})
    of = context.value(over.of, names)
    if metric.median is not None:
        row[name] = ibis.ifelse(counts, _number(of), ibis.null("float64"))
        return Column(row, lambda t: {name: _number(t[name].median())})
    row[name] = ibis.ifelse(counts, exact(of), ibis.null(EXACT))
    if metric.sum is not None:
        return Column(row, lambda t: {name: _number(t[name].sum())})
    return Column(row, lambda t: {name: _number(t[name].sum()) / _number(t[name].count()).nullif(0)})


def _pick(at: Context, rows: ir.Table, kind: RecordType, metric: Metric, counts: ir.BooleanValue) -> Column:
    name, over = metric.name, primitive(metric)
    on, day = f"{name}__on", context.day(at.snapshot, rows, kind, over.by)
    row: dict[str, ir.Value] = {on: ibis.ifelse(counts, day, ibis.null("date"))}
    if metric.days_since is not None:
        return Column(row, lambda t: {name: _days(_as_of(t), t[on].max()), on: t[on].max()})
    if metric.days_until is not None:
        return Column(row, lambda t: {name: _days(t[on].min(), _as_of(t)), on: t[on].min()})
    moment = context.moment(rows, kind, over.by)
    order = [ibis.desc(moment), *(ibis.desc(rows[k]) for k in kind.stored_key)]
    if not kind.dated_by and over.by is None:
        order = [ibis.desc(rows.known_at), *order[1:]]
        row[on] = ibis.ifelse(counts, rows.as_of, ibis.null("date"))
    rank = ibis.row_number().over(ibis.window(group_by=[rows.account_id, rows.as_of, counts], order_by=order))
    first = counts & (rank == 0)
    found = _number(context.value(over.of, context.columns(rows, kind)))
    row = {on: ibis.ifelse(first, row[on], ibis.null("date")), name: ibis.ifelse(first, found, ibis.null("float64"))}
    return Column(row, lambda t: {name: t[name].max(), on: t[on].max()})


def _as_of(table: ir.Table) -> ir.DateValue:
    return table.as_of.max()


def _days(later: ir.DateValue, earlier: ir.DateValue) -> ir.Value:
    return _number(later.delta(earlier, unit="day"))


def _number(value: ir.Value) -> ir.Value:
    """As a double; true is 1."""
    if isinstance(value, ir.BooleanValue):
        value = value.cast("int64")
    return value.cast("float64")


def exact(value: ir.Value) -> ir.Value:
    """As a decimal, so that a sum does not depend on the order of rows."""
    if isinstance(value, ir.BooleanValue):
        value = value.cast("int64")
    return value.cast(EXACT)
