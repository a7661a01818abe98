"""How many rows each value rests on, by batch: one query a record and day, not one a metric."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.metric import Metric
from holdfast.lake import Clock, Snapshot
from holdfast.records import READABLE

from .derivation import Context
from .over_rows import as_of_rows, condition
from .plan import inputs, plan
from .rollup.event_rows import event_rows
from .rows import event_condition

KEYS = ["account_id", "metric", "batch_id"]
COUNTS = pa.schema([*((key, pa.string()) for key in KEYS), ("rows", pa.int64())])
Part = tuple[str, date]
"""A metric over rows, on one of the days that a metric made of it looks at."""


def row_counts(
    snapshot: Snapshot, definitions: Definitions, metrics: Sequence[str], as_of: date, clock: Clock = "known"
) -> pa.Table:
    """``account_id, metric, batch_id, rows``, sorted: the rows behind each value on the day; no row for none.

    A metric made of others rests on the rows of all of them, on all days that it looks at.
    """
    known = snapshot.cut(as_of) if clock == "believed" else snapshot
    at = Context(known, definitions, clock, believed_on=as_of if clock == "believed" else None)
    resting = {name: _parts(known, definitions, name, as_of) for name in metrics}
    wanted: dict[tuple[str, date], set[str]] = defaultdict(set)
    for leaf, day in sorted({part for parts in resting.values() for part in parts}):
        wanted[str(definitions.metrics[leaf].record), day].add(leaf)
    counted: dict[Part, pa.Table] = {}
    for (record, day), names in wanted.items():
        leaves = [definitions.metrics[n] for n in sorted(names)]
        totals = _count(at.on([day]), record, leaves, day)
        counted |= {(name, day): totals.select(["account_id", "batch_id", name]) for name in names}
    return _together(resting, counted)


def _parts(known: Snapshot, definitions: Definitions, metric: str, as_of: date) -> list[Part]:
    planned = plan(definitions.metrics, [metric], [as_of])
    leaves = [definitions.metrics[name] for name in planned.order]
    return [
        (leaf.name, day) for leaf in leaves for day in sorted(planned.days[leaf.name])
        if leaf.record and not inputs(leaf, definitions.metrics) and known.loaded(leaf.record)
    ]


def _together(resting: dict[str, list[Part]], counted: dict[Part, pa.Table]) -> pa.Table:
    tables = [COUNTS.empty_table()]
    for metric, parts in resting.items():
        for leaf, day in parts:
            totals = counted[leaf, day]
            named = pa.array([metric] * totals.num_rows, pa.string())
            columns = [totals["account_id"], named, totals["batch_id"], totals[leaf]]
            tables.append(pa.table(columns, schema=COUNTS))
    summed = pa.concat_tables(tables).group_by(KEYS).aggregate([("rows", "sum")])
    found = summed.rename_columns({"rows_sum": "rows"}).select(COUNTS.names)
    return found.filter(pc.greater(found["rows"], 0)).sort_by([(key, "ascending") for key in KEYS])


def _count(at: Context, record: str, leaves: Sequence[Metric], day: date) -> pa.Table:
    rows, holds = (_events if record == "event" else _rows)(at, record, leaves, day)
    numbers = {name: hold.fill_null(False).cast("int64") for name, hold in holds.items()}
    marked = rows.select("account_id", "batch_id", **numbers)
    totals = marked.group_by(["account_id", "batch_id"]).aggregate(**{name: marked[name].sum() for name in holds})
    return at.snapshot.engine.arrow(totals.cast(dict.fromkeys(holds, "int64")))


def _rows(
    at: Context, record: str, leaves: Sequence[Metric], day: date
) -> tuple[ir.Table, dict[str, ir.BooleanValue]]:
    kind = READABLE[record]
    derived = list(dict.fromkeys(name for leaf in leaves for name in leaf.derived))
    rows = at.snapshot.engine.cache(as_of_rows(at, kind, at.snapshot.days([day]), derived))
    return rows, {leaf.name: condition(at, rows, kind, leaf) for leaf in leaves}


def _events(
    at: Context, record: str, leaves: Sequence[Metric], day: date
) -> tuple[ir.Table, dict[str, ir.BooleanValue]]:
    events = event_rows(at.snapshot, at.definitions.features)
    return events, {leaf.name: event_condition(at, events, leaf, day) for leaf in leaves}
