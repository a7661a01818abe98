"""Evaluating metrics: rows and roll-ups first, then what is computed from other metrics, level by level."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.metric import Metric
from holdfast.lake import Clock, Snapshot

from .derivation import Context
from .freshness import covered
from .from_metrics import OVER_TIME, derive, read
from .grid import KEYS, asked_days, grid
from .over_rows import record_values
from .pieces import Pieces
from .plan import Plan, inputs, plan
from .rollup.event_values import event_values
from .rollup.rollups import Rollups
from .table import MetricTable


def metric_table(
    snapshot: Snapshot, definitions: Definitions, frame: ir.Table, names: Sequence[str] | None = None,
    clock: Clock = "known",
) -> MetricTable:
    """The named metrics (None: all) of every account and day of ``frame``, with all they depend on.

    ``frame`` has ``account_id`` and ``as_of``, and the account columns that expressions name. As believed
    on a day is what is known from the rows that were known by its end; each such day is its own pass.
    """
    engine = snapshot.engine
    frame = engine.cache(frame)
    days = asked_days(engine, frame)
    rollups = Rollups(snapshot, definitions)
    with engine.narrowed("account_id", snapshot.account_ids):
        if clock == "known" or _in_one_pass(definitions, names, days):
            found, held = _evaluate(Context(snapshot, definitions, clock), rollups, frame, names, days)
        else:
            held = [_believed(snapshot, definitions, clock, rollups, frame, names, day) for day in days]
            found = ibis.union(*held)
    wide = engine.cache(found)
    engine.release(*held)
    return MetricTable(wide, engine.cache(covered(snapshot, definitions, days, clock)))


def _in_one_pass(definitions: Definitions, names: Sequence[str] | None, days: Sequence[date]) -> bool:
    """Whether what was believed can be asked of all days at once: no events, and no look at other days."""
    planned = plan(definitions.metrics, names, days)
    events = any(definitions.metrics[n].record == "event" for n in planned.order)
    return not events and set(planned.all_days) <= set(days) and all(
        planned.days[n] == set(days) for n in planned.order)


def _believed(
    snapshot: Snapshot, definitions: Definitions, clock: Clock, rollups: Rollups, frame: ir.Table,
    names: Sequence[str] | None, day: date,
) -> ir.Table:
    at = Context(snapshot.cut(day), definitions, clock, believed_on=day)
    rows = frame.filter(frame.as_of == ibis.date(day.isoformat()))
    found, held = _evaluate(at, rollups.known_by(day), rows, names, [day])
    kept = snapshot.engine.cache(found)
    snapshot.engine.release(*held)
    return kept


def _evaluate(
    at: Context, rollups: Rollups, frame: ir.Table, names: Sequence[str] | None, days: Sequence[date]
) -> tuple[ir.Table, list[ir.Table]]:
    """The metrics, not computed yet, and the tables that they are read from."""
    metrics, engine = at.definitions.metrics, at.snapshot.engine
    planned = plan(metrics, names, days)
    columns = frame_columns(metrics, planned.order) & set(frame.columns)
    whole = grid(engine, frame.select(*KEYS, *sorted(columns)), planned.all_days or days)
    asked = engine.cache(whole.filter(whole._asked))
    further = frozenset(name for name, needed in planned.days.items() if not needed <= set(days))
    found = Pieces(engine, whole, asked, further)
    _leaves(at, rollups, whole, planned, found)
    for level in _levels(planned, metrics):
        for pairs, group in _by_reach([metrics[n] for n in level], further, whole, asked):
            wide = engine.cache(found.beside(pairs, read(group, metrics)))
            found.add(*derive(at, wide, group, planned))
            engine.release(wide)
    wanted = set(planned.order if names is None else names)
    dates = {f"{n}__on" for n in wanted} & found.columns
    result = found.beside(asked.select(*KEYS), wanted | dates).select(*KEYS, *sorted(wanted), *sorted(dates))
    return result, [whole, asked, *found.tables]


def _by_reach(
    metrics: Sequence[Metric], further: Collection[str], whole: ir.Table, asked: ir.Table
) -> list[tuple[ir.Table, list[Metric]]]:
    """The metrics with the rows that they are computed on: all days only where they look at others or are looked at."""
    far = [m for m in metrics if m.name in further or m.primitive in OVER_TIME]
    near = [m for m in metrics if m not in far]
    return [(pairs, group) for pairs, group in ((whole, far), (asked, near)) if group]


def frame_columns(metrics: Mapping[str, Metric], names: Iterable[str]) -> set[str]:
    """The account columns that the metrics and all they depend on may read."""
    read = {"created_on", "tenure_days", "scored"}
    for name in plan(metrics, list(names), ()).order:
        metric = metrics[name]
        if metric.expression is not None:
            read |= metric.expression.names
        if metric.percentile is not None and metric.percentile.among:
            read.add(metric.percentile.among)
    return read


def _levels(planned: Plan, metrics: Mapping[str, Metric]) -> list[list[str]]:
    """Metrics computed from others, grouped so that each group needs only the groups before it."""
    depth: dict[str, int] = {}
    for name in planned.order:
        metric = metrics[name]
        used = inputs(metric, metrics)
        over_metrics = metric.record is None or bool(used)
        depth[name] = max((depth[u] for u in used), default=0) + 1 if over_metrics else 0
    return [[n for n in planned.order if depth[n] == d] for d in range(1, max(depth.values(), default=0) + 1)]


def _leaves(at: Context, rollups: Rollups, whole: ir.Table, planned: Plan, found: Pieces) -> None:
    """Values of metrics that come from one record, record by record."""
    metrics = at.definitions.metrics
    by_record: dict[str, list[Metric]] = {}
    for name in planned.order:
        metric = metrics[name]
        if not inputs(metric, metrics) and metric.record is not None:
            by_record.setdefault(metric.record, []).append(metric)
    for record, group in by_record.items():
        if not at.snapshot.loaded(record):
            found.nothing(group)
        elif record == "event":
            found.add(*event_values(at, rollups, whole, group, {m.name: planned.days[m.name] for m in group}))
        else:
            values = record_values(at, record, group, sorted(frozenset().union(*(planned.days[m.name] for m in group))))
            found.add(values.table)
            found.seen[record] = values.seen
            found.zero.update({m.name: record for m in group if m.empty == "zero"})
