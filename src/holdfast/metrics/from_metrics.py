"""Metrics computed from other metrics: ratio, expression, percentile, change, baseline, slope, kernel, found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric

from . import record_context as context
from .derivation import Context
from .false_discovery import found
from .grid import KEYS
from .over_time import changes, weekly
from .plan import Plan, inputs

OVER_TIME = ("change", "baseline", "slope", "kernel")


def read(metrics: Sequence[Metric], known: Iterable[str]) -> set[str]:
    """The metrics that ``metrics`` are computed from."""
    return {used for metric in metrics for used in inputs(metric, known)}


def derive(at: Context, wide: ir.Table, metrics: Sequence[Metric], planned: Plan) -> list[ir.Table]:
    """``account_id``, ``as_of`` and the metrics, in several tables, from ``wide`` with all that they read."""
    apart = (*OVER_TIME, "found")
    values = {m.name: _same_day(wide, m) for m in metrics if m.primitive not in apart}
    parts = [at.snapshot.engine.cache(wide.select(*KEYS, **values))] if values else []
    parts += [found(at.snapshot.engine, wide, m) for m in metrics if m.found is not None]
    return parts + _over_time(at, wide, [m for m in metrics if m.primitive in OVER_TIME], planned)


def _over_time(at: Context, wide: ir.Table, metrics: Sequence[Metric], planned: Plan) -> list[ir.Table]:
    parts: list[ir.Table] = []
    by_span: dict[str, list[Metric]] = {}
    for metric in metrics:
        if metric.change is not None:
            by_span.setdefault(metric.change.over, []).append(metric)
        else:
            parts.append(weekly(at, wide, metric, planned))
    parts.extend(changes(at, wide, found, over, planned) for over, found in by_span.items())
    return parts


def _same_day(wide: ir.Table, metric: Metric) -> ir.Value:
    if metric.ratio is not None:
        return wide[metric.ratio.of] / wide[metric.ratio.to].nullif(0)
    if metric.percentile is not None:
        return _percentile(wide, metric)
    assert metric.expression is not None
    found = context.value(metric.expression, {c: wide[c] for c in wide.columns})
    return found.cast("int64").cast("float64") if isinstance(found, ir.BooleanValue) else found.cast("float64")


def _percentile(wide: ir.Table, metric: Metric) -> ir.Value:
    """Rank among the scored accounts of the same day: lower ones and half of the equal ones, over all."""
    over = metric.percentile
    assert over is not None
    value = wide[over.of]
    counted = value.notnull() & (wide.scored.fill_null(False) if "scored" in wide.columns else ibis.literal(True))
    group = [wide.as_of, counted, *([wide[over.among]] if over.among else [])]
    lower = ibis.rank().over(ibis.window(group_by=group, order_by=value)).cast("float64")
    equal = value.count().over(ibis.window(group_by=[*group, value])).cast("float64")
    everyone = value.count().over(ibis.window(group_by=group)).cast("float64")
    return ibis.ifelse(counted, (lower + equal / 2.0) / everyone.nullif(0), ibis.null("float64"))
