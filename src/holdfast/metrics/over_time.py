"""Metrics that look at other days of another metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric

from .calendar_days import compared, last_sunday
from .derivation import Context
from .grid import KEYS, day_frame
from .kernels.apply import apply
from .plan import Plan, inputs, series_weeks
from .reach import first_days, windows

WEEK = timedelta(days=7)


def changes(at: Context, wide: ir.Table, metrics: Sequence[Metric], over: str, planned: Plan) -> ir.Table:
    """All changes over one span: ``account_id``, ``as_of``, one column a metric."""
    days = sorted(frozenset().union(*(planned.days[m.name] for m in metrics)))
    pairs = [compared(d, over) for d in days]
    spans = day_frame(at.snapshot.engine, days, _later=[p[0] for p in pairs], _earlier=[p[1] for p in pairs])
    used = sorted({m.change.of for m in metrics if m.change is not None})
    values = _covered(at, wide, used)
    base = wide.select(*KEYS).inner_join(spans, "as_of")
    base = base.left_join(
        values.select(_a="account_id", _later_day="as_of", **{f"{c}_new": c for c in used}),
        [("account_id", "_a"), ("_later", "_later_day")],
    ).select(*base.columns, *(f"{c}_new" for c in used))
    base = base.left_join(
        values.select(_a="account_id", _earlier_day="as_of", **{f"{c}_old": c for c in used}),
        [("account_id", "_a"), ("_earlier", "_earlier_day")],
    ).select(*base.columns, *(f"{c}_old" for c in used))
    return at.snapshot.engine.cache(base.select(*KEYS, **{m.name: _change(base, m) for m in metrics}))


def _change(base: ir.Table, metric: Metric) -> ir.Value:
    assert metric.change is not None
    new, old = base[f"{metric.change.of}_new"], base[f"{metric.change.of}_old"]
    return new - old if metric.change.kind == "difference" else (new - old) / old.nullif(0)


def weekly(at: Context, wide: ir.Table, metric: Metric, planned: Plan) -> ir.Table:
    """A metric over the complete weeks of another one: ``account_id``, ``as_of`` and its column."""
    engine, of = at.snapshot.engine, inputs(metric, at.definitions.metrics)[0]
    width = series_weeks(metric)
    assert width is not None
    days = sorted(planned.days[metric.name])
    ends = _all_ends(days, width)
    dense = wide.select("account_id").distinct().cross_join(day_frame(engine, ends))
    values = dense.left_join(_covered(at, wide, [of]).select(*KEYS, of), KEYS).select(*KEYS, of)
    window = ibis.window(group_by="account_id", order_by="as_of")
    lagged = values.mutate(**{f"w{k}": values[of].lag(k).over(window) for k in range(1, width)})
    lagged = engine.cache(lagged.rename(w0=of))
    result = _from_weeks(at, lagged, metric, width)
    last = day_frame(engine, days, _week=[last_sunday(d) for d in days])
    base = wide.select(*KEYS).inner_join(last, "as_of")
    found = base.left_join(
        result.select(_a="account_id", _end="as_of", **{metric.name: metric.name}),
        [("account_id", "_a"), ("_week", "_end")],
    )
    return engine.cache(found.select(*KEYS, metric.name))


def _all_ends(days: Sequence[date], width: int) -> list[date]:
    first, last = last_sunday(days[0]) - WEEK * (width - 1), last_sunday(days[-1])
    return [first + WEEK * k for k in range((last - first).days // 7 + 1)]


def _from_weeks(at: Context, lagged: ir.Table, metric: Metric, width: int) -> ir.Table:
    if metric.baseline is not None:
        return lagged.select(*KEYS, **{metric.name: _baseline(lagged, metric, width)})
    options: Mapping[str, float | str]
    if metric.slope is not None:
        kernel, options = "log_theil_sen", {"at_least": metric.slope.at_least}
    else:
        assert metric.kernel is not None
        kernel = metric.kernel.name
        options = {k: v for k, v in metric.kernel.with_.items() if k != "weeks"}
    oldest_first = [f"w{k}" for k in range(width - 1, -1, -1)]
    return apply(at.snapshot.engine, lagged, KEYS, oldest_first, kernel, options, metric.name)


def _baseline(lagged: ir.Table, metric: Metric, width: int) -> ir.Value:
    over = metric.baseline
    assert over is not None
    before = [lagged[f"w{k}"] for k in range(1, width)]
    present = _total([b.notnull().cast("int64") for b in before])
    if over.against == "peak":
        level = ibis.greatest(*(b.fill_null(float("-1e308")) for b in before))
    else:
        level = _total([b.fill_null(0.0) for b in before]) / present.cast("float64").nullif(0)
    enough = present >= over.at_least
    level = ibis.ifelse(enough, level, ibis.null("float64")).nullif(0)
    return (lagged.w0 - level) / level


def _total(values: Sequence[ir.Value]) -> ir.Value:
    total = values[0]
    for value in values[1:]:
        total = total + value
    return total


def _covered(at: Context, wide: ir.Table, names: Sequence[str]) -> ir.Table:
    """The values, null where the window reaches back beyond the first day that the record covers."""
    metrics = at.definitions.metrics
    first = first_days(at, {r for name in names for r in windows(metrics, name)})
    values: dict[str, ir.Value] = {}
    for name in names:
        whole = ibis.literal(True)
        for record, days in windows(metrics, name).items():
            if record in first:
                start = ibis.date((first[record] + timedelta(days=days - 1)).isoformat())
                whole = whole & (wide.as_of >= start)
        values[name] = ibis.ifelse(whole, wide[name], ibis.null("float64"))
    return wide.select(*KEYS, **values)
