"""Steps that an account has ever done: milestones of adoption, the core workflow, time to value."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.metrics.derivation import Context
from holdfast.metrics.grid import KEYS

from .columns import RollupColumn
from .masks import has_bit, steps
from .needs import needs


def step_values(at: Context, accounts: ir.Table, wide: ir.Table, metric: Metric) -> ir.Table:
    """``account_id``, ``as_of`` and the metric, for the pairs of ``wide``, from account-days."""
    assert metric.steps is not None
    count = len(steps(at.definitions.features, metric.steps.of))
    if not count:
        return wide.select(*KEYS, **{metric.name: ibis.null("float64")})
    firsts = at.snapshot.engine.cache(_first_days(accounts, needs(metric)[0], count))
    joined = wide.left_join(firsts, "account_id").select(*wide.columns, *(f"_first{i}" for i in range(count)))
    days = [joined[f"_first{i}"] for i in range(count)]
    done = [(day <= joined.as_of).fill_null(False) for day in days]
    value = _value(at, joined, metric, days, done)
    return joined.select(*KEYS, **{metric.name: value.cast("float64")})


def _first_days(rows: ir.Table, column: RollupColumn, count: int) -> ir.Table:
    """The first day on which each account did each step."""
    mask = rows[column.name]
    marked = rows.select("account_id", **{
        f"_first{i}": ibis.ifelse(has_bit(mask, i), rows.day, ibis.null("date")) for i in range(count)
    })
    return marked.group_by("account_id").aggregate(**{f"_first{i}": marked[f"_first{i}"].min() for i in range(count)})


def _value(
    at: Context, rows: ir.Table, metric: Metric, days: Sequence[ir.Value], done: Sequence[ir.BooleanValue]
) -> ir.Value:
    assert metric.steps is not None
    total = _sum([d.cast("int64") for d in done])
    if metric.steps.take == "done":
        return total
    if metric.steps.take == "share":
        return total.cast("float64") / float(len(done))
    if "tenure_days" not in rows.columns:
        return ibis.null("float64")
    if metric.steps.take == "overdue":
        due = [m.due_days for m in at.definitions.features.milestones]
        return _sum([(~d & (rows.tenure_days > n)).cast("int64") for d, n in zip(done, due, strict=True)])
    last = ibis.greatest(*days) if len(days) > 1 else days[0]
    ago = rows.as_of.delta(last, unit="day")
    return ibis.ifelse(total == len(done), rows.tenure_days - ago, ibis.null("int64"))


def _sum(values: Sequence[ir.Value]) -> ir.Value:
    total = values[0]
    for value in values[1:]:
        total = total + value
    return total
