"""The very rows behind a value, with source, file, line and batch."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.metric import Metric
from holdfast.lake import Clock, Snapshot
from holdfast.lake.one_account import of_account
from holdfast.records import EVENT, READABLE

from .derivation import Context
from .over_rows import as_of_rows, condition, primitive
from .plan import inputs, plan
from .rollup.columns import text
from .rollup.event_rows import counts, event_rows, key_features
from .rollup.masks import step_bits, steps

LINEAGE = ["source", "batch_id", "file", "line"]


def metric_rows(
    snapshot: Snapshot, definitions: Definitions, metric: str, account_id: str, as_of: date, clock: Clock = "known"
) -> pa.Table:
    """The rows that the value of the account on the day was computed from.

    ``metric`` and ``as_of`` say for which input and day a row counts (a change looks at two days), ``record``
    and ``day`` what the row is; source, file, line and batch follow, then the columns of the records.
    """
    known = snapshot.cut(as_of) if clock == "believed" else snapshot
    at = Context(known, definitions, clock, believed_on=as_of if clock == "believed" else None)
    planned = plan(definitions.metrics, [metric], [as_of])
    parts: list[pa.Table] = []
    for name in planned.order:
        leaf = definitions.metrics[name]
        if leaf.record is None or inputs(leaf, definitions.metrics) or not known.loaded(leaf.record):
            continue
        for day in sorted(planned.days[name]):
            take = _event_rows if leaf.record == "event" else _rows
            found = take(at.on([day]), leaf, account_id, day)
            parts.append(_labelled(known.engine.arrow(found), leaf, day))
    return pa.concat_tables(parts, promote_options="permissive") if parts else pa.table({})


def _labelled(rows: pa.Table, metric: Metric, day: date) -> pa.Table:
    n = rows.num_rows
    return pa.table({
        "metric": pa.array([metric.name] * n, pa.string()), "as_of": pa.array([day] * n, pa.date32()),
        "record": pa.array([metric.record] * n, pa.string()),
        **{name: rows[name] for name in rows.column_names},
    })


def _rows(at: Context, metric: Metric, account_id: str, day: date) -> ir.Table:
    assert metric.record is not None
    kind = READABLE[metric.record]
    rows = as_of_rows(at, kind, at.snapshot.days([day]), metric.derived)
    rows = at.snapshot.engine.cache(of_account(rows, account_id, at.snapshot.engine))
    rows = rows.filter(condition(at, rows, kind, metric))
    columns = [c.stored_name for c in kind.columns]
    order = [c for c in (*columns, *LINEAGE) if c in rows.columns]
    return rows.select(*LINEAGE, *columns).order_by(order)


def _event_rows(at: Context, metric: Metric, account_id: str, day: date) -> ir.Table:
    events = event_rows_of(at, account_id)
    events = events.filter(event_condition(at, events, metric, day))
    columns = [c.stored_name for c in EVENT.columns]
    return events.select("day", *LINEAGE, *columns).order_by(["occurred_at", "event_id", "line"])


def event_rows_of(at: Context, account_id: str) -> ir.Table:
    """The account's events with their local day and what the roll-ups look at."""
    rows = of_account(at.snapshot.rows("event"), account_id, at.snapshot.engine)
    whole = Snapshot(at.snapshot.engine, lambda _: rows, at.snapshot.zone, at.snapshot.masters)
    return event_rows(whole, at.definitions.features)


def event_condition(at: Context, events: ir.Table, metric: Metric, day: date) -> ir.BooleanValue:
    """Whether an event counts for the metric on the day."""
    holds = (events.day <= ibis.date(day.isoformat())) & _counts(at, events, metric)
    length = _length(metric)
    if length is not None:
        holds = holds & (events.day > ibis.date((day - timedelta(days=length)).isoformat()))
    if metric.days_since is not None and metric.days_since.each is None:
        newest = ibis.ifelse(holds, events.day, ibis.null("date")).max().over(ibis.window(group_by=events.account_id))
        holds = holds & (events.day == newest)
    return holds


def _length(metric: Metric) -> int | None:
    """How many days back a row may lie."""
    if metric.window_days is None or metric.users is None:
        return metric.window_days
    return metric.window_days + {"power_idle": 30, "activation": metric.users.days}.get(metric.users.take, 0)


def _counts(at: Context, events: ir.Table, metric: Metric) -> ir.BooleanValue:
    features = at.definitions.features
    if metric.steps is not None:
        return step_bits(events, steps(features, metric.steps.of)) > 0
    if metric.users is not None:
        return counts(events, "") & events.user_key.notnull()
    over = primitive(metric)
    found = counts(events, text(over.where))
    if metric.days_since is not None and metric.days_since.each is not None:
        listed = key_features(features) if metric.days_since.each == "key" else features.core
        return found & events.feature.isin(listed)
    if metric.distinct is not None and metric.distinct.of in EVENT.by_name:
        return found & events[EVENT.column(metric.distinct.of).stored_name].notnull()
    return found
