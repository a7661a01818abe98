"""How many rows each value of an account rests on, by batch: one query a record and day, not one a metric."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.metric import Metric
from holdfast.lake import Clock, Snapshot
from holdfast.lake.one_account import of_account
from holdfast.records import RECORDS

from .derivation import Context
from .evaluate import cut
from .over_rows import as_of_rows, condition
from .plan import inputs, plan
from .rows import event_condition, event_rows_of


def row_counts(
    snapshot: Snapshot, definitions: Definitions, metrics: Sequence[str], account_id: str, as_of: date,
    clock: Clock = "known",
) -> dict[str, dict[str, int]]:
    """Metric -> batch -> rows behind the value of the account on the day; a metric without rows has none.

    A metric made of others rests on the rows of all of them, on all days that it looks at.
    """
    known = cut(snapshot, as_of) if clock == "believed" else snapshot
    at = Context(known, definitions, clock, believed_on=as_of if clock == "believed" else None)
    wanted: dict[tuple[str, date], set[str]] = defaultdict(set)
    parts: dict[str, list[tuple[str, date]]] = {}
    for metric in metrics:
        planned = plan(definitions.metrics, [metric], [as_of])
        leaves = [definitions.metrics[n] for n in planned.order]
        looked = [
            (leaf, day) for leaf in leaves for day in planned.days[leaf.name]
            if leaf.record and not inputs(leaf, definitions.metrics) and known.loaded(leaf.record)
        ]
        parts[metric] = [(leaf.name, day) for leaf, day in looked]
        for leaf, day in looked:
            wanted[str(leaf.record), day].add(leaf.name)
    counted = {
        (name, day): batches
        for (record, day), names in wanted.items()
        for name, batches in _count(at.on([day]), record, [definitions.metrics[n] for n in sorted(names)],
                                    account_id, day).items()
    }
    return {metric: dict(sum((counted[p] for p in found), Counter())) for metric, found in parts.items()}


def _count(
    at: Context, record: str, leaves: Sequence[Metric], account_id: str, day: date
) -> dict[str, Counter[str]]:
    rows, holds = (_events if record == "event" else _rows)(at, record, leaves, account_id, day)
    marked = rows.select("batch_id", **{name: hold.fill_null(False).cast("int64") for name, hold in holds.items()})
    totals = marked.group_by("batch_id").aggregate(**{name: marked[name].sum() for name in holds})
    found = at.snapshot.engine.arrow(totals).to_pylist()
    return {name: Counter({r["batch_id"]: int(r[name]) for r in found if r[name]}) for name in holds}


def _rows(
    at: Context, record: str, leaves: Sequence[Metric], account_id: str, day: date
) -> tuple[ir.Table, dict[str, ir.BooleanValue]]:
    kind = RECORDS[record]
    derived = list(dict.fromkeys(name for leaf in leaves for name in leaf.derived))
    rows = as_of_rows(at, kind, at.snapshot.days([day]), derived)
    rows = at.snapshot.engine.cache(of_account(rows, account_id, at.snapshot.engine))
    return rows, {leaf.name: condition(at, rows, kind, leaf) for leaf in leaves}


def _events(
    at: Context, record: str, leaves: Sequence[Metric], account_id: str, day: date
) -> tuple[ir.Table, dict[str, ir.BooleanValue]]:
    events = at.snapshot.engine.cache(event_rows_of(at, account_id))
    return events, {leaf.name: event_condition(at, events, leaf, day) for leaf in leaves}
