"""Which roll-up columns a metric over events needs."""

from __future__ import annotations

from collections.abc import Iterable

from holdfast.definitions.features import Features
from holdfast.definitions.metric import Metric
from holdfast.errors.metrics import MetricNotUsable

from .columns import RollupColumn, text
from .event_rows import key_features

USERS = ("user_id", "user_day", "day")
PERSON_N = RollupColumn("n")


def all_columns(features: Features, metrics: Iterable[Metric]) -> tuple[RollupColumn, ...]:
    """The columns of all the metrics over events, by name, and the events of people in any case."""
    listed = list(metrics)
    found = {PERSON_N, *(c for m in listed for c in needs(m)), *(c for m in listed for c in each_columns(features, m))}
    return tuple(sorted(found, key=lambda c: c.name))


def each_columns(features: Features, metric: Metric) -> tuple[RollupColumn, ...]:
    """The columns of a metric that asks the same of every feature of a class."""
    if metric.days_since is None or metric.days_since.each is None:
        return ()
    listed = key_features(features) if metric.days_since.each == "key" else features.core
    quoted = [feature.replace("'", "''") for feature in listed]
    further = f" and ({text(metric.days_since.where)})" if metric.days_since.where else ""
    return tuple(RollupColumn("n", where=f"feature = '{feature}'{further}") for feature in quoted)


def needs(metric: Metric) -> tuple[RollupColumn, ...]:
    """The columns, in the order in which ``event_values`` reads them."""
    found = _needs(metric)
    if found is None:
        raise MetricNotUsable(metric=metric.name, why=f"'{metric.primitive}' does not work over events")
    return found


def _needs(metric: Metric) -> tuple[RollupColumn, ...] | None:
    if metric.detector is not None:
        return (RollupColumn("n", where=text(metric.detector.where)),)
    if metric.users is not None:
        return (RollupColumn("n"), RollupColumn("sum", "quantity"), RollupColumn("steps", "workflow"))
    if metric.steps is not None:
        return (RollupColumn("steps", metric.steps.of, any_channel=True),)
    if metric.weighted is not None:
        weights = tuple(sorted(metric.weighted.weights.items()))
        where = text(metric.weighted.where)
        return (RollupColumn("weighted", metric.weighted.by, where, weights=weights), RollupColumn("n", where=where))
    if metric.distinct is not None:
        return _distinct(metric)
    days = metric.days_since
    if days is not None:
        return (RollupColumn("n", where=text(days.where)),) if days.each is None else ()
    over = metric.count or metric.sum or metric.average or metric.share
    return None if over is None else _over_rows(metric)


def _distinct(metric: Metric) -> tuple[RollupColumn, ...]:
    over = metric.distinct
    assert over is not None
    where = text(over.where)
    if over.of in USERS:
        return (RollupColumn("n", where=where),)
    if over.of == "session_id":
        return (RollupColumn("sessions", where=where), RollupColumn("unplaced", where=where))
    return (RollupColumn("mask", over.of, where),)


def _over_rows(metric: Metric) -> tuple[RollupColumn, ...]:
    over = metric.count or metric.sum or metric.average or metric.share
    assert over is not None
    where, of = text(over.where), text(over.of)
    both = " and ".join(f"({t})" for t in (where, of) if t)
    if metric.count is not None:
        return (RollupColumn("n", where=both if of else where),)
    if metric.share is not None:
        return (RollupColumn("n", where=both), RollupColumn("n", where=where))
    return (RollupColumn("sum", of, where), RollupColumn("with", of, where))
