"""The plan of an evaluation: which metrics, in which order, on which days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from holdfast.definitions.metric import Metric
from holdfast.errors.metrics import MetricCycle, UnknownMetric

from .calendar_days import compared, week_ends


@dataclass(frozen=True)
class Plan:
    """``order``: metrics, inputs before what uses them. ``days``: the days on which each is needed."""

    order: tuple[str, ...]
    days: Mapping[str, frozenset[date]]

    @property
    def all_days(self) -> list[date]:
        """Every day that any metric needs, in order."""
        return sorted(frozenset().union(*self.days.values())) if self.days else []


def inputs(metric: Metric, known: Iterable[str]) -> tuple[str, ...]:
    """The metrics that ``metric`` is computed from; empty for one that is computed from rows."""
    if metric.expression is not None:
        return tuple(sorted(metric.expression.names & set(known)))
    if metric.ratio is not None:
        return (metric.ratio.of, metric.ratio.to)
    if metric.kernel is not None:
        return metric.kernel.of
    if metric.found is not None:
        return (metric.found.of, *([metric.found.effect] if metric.found.effect else []))
    over = metric.change or metric.baseline or metric.slope or metric.percentile
    return () if over is None else (over.of,)


def input_days(metric: Metric, days: Iterable[date]) -> set[date]:
    """The days on which the inputs of ``metric`` are needed so that it has a value on ``days``."""
    if metric.change is not None:
        return {d for day in days for d in compared(day, metric.change.over)}
    weeks = series_weeks(metric)
    if weeks is not None:
        return {d for day in days for d in week_ends(day, weeks)}
    return set(days)


def series_weeks(metric: Metric) -> int | None:
    """How many complete weeks the metric looks at; None where it does not look at weeks."""
    if metric.baseline is not None:
        return metric.baseline.weeks + 1
    if metric.slope is not None:
        return metric.slope.weeks
    if metric.kernel is not None:
        return int(metric.kernel.with_.get("weeks", 13))
    return None


def plan(metrics: Mapping[str, Metric], names: Sequence[str] | None, days: Iterable[date]) -> Plan:
    """Order and days for the named metrics, or all, with everything they depend on."""
    wanted = list(metrics) if names is None else list(names)
    graph: dict[str, tuple[str, ...]] = {}
    open_names = list(wanted)
    while open_names:
        name = open_names.pop()
        if name in graph:
            continue
        if name not in metrics:
            raise UnknownMetric(metric=name)
        graph[name] = inputs(metrics[name], metrics)
        open_names.extend(graph[name])
    order = _order(graph)
    asked = frozenset(days)
    needed: dict[str, set[date]] = {name: set() for name in order}
    for name in wanted:
        needed[name] |= asked
    for name in reversed(order):
        for used in graph[name]:
            needed[used] |= input_days(metrics[name], needed[name])
    return Plan(order, {name: frozenset(found) for name, found in needed.items()})


def _order(graph: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    ordered = {name: sorted(graph[name]) for name in sorted(graph)}
    try:
        return tuple(TopologicalSorter(ordered).static_order())
    except CycleError as error:
        raise MetricCycle(metrics=" -> ".join(error.args[1])) from error
