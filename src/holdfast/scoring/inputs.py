"""The one wide table that scoring reads: frame, metric values, their days, how far records are covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard

from .scorers.points import other_columns

if TYPE_CHECKING:
    from holdfast.metrics.table import MetricTable

KEYS = ("account_id", "as_of")
COVERED = "covered__"
MEASURED = "__measured"
"""A column ``<metric>__measured`` says outright from which day the value's age counts."""
LARGEST = 1e300


def names_used(scorecards: Iterable[Scorecard]) -> set[str]:
    """Every name that the scorecards look at: metrics weighed, trends, baselines, and names in conditions."""
    used: set[str] = set()
    for card in scorecards:
        conditions = [card.applies.when, *(limit.when for limit in card.limits)]
        used.update(*(condition.names for condition in conditions if condition is not None))
        for component in card.components.values():
            for name, scored in component.metrics.items():
                used |= {name} | other_columns(scored.score)
    return used


def metric_names(scorecards: Iterable[Scorecard], definitions: Mapping[str, Metric]) -> set[str]:
    """The metrics among the names used: what ``metric_table`` has to be asked for."""
    return {name for name in names_used(scorecards) if name in definitions}


def inputs(
    frame: ir.Table,
    metrics: MetricTable,
    scorecards: Iterable[Scorecard],
    definitions: Mapping[str, Metric],
    *,
    names: Set[str] | None = None,
    carry: bool = False,
) -> ir.Table:
    """One row per account and day: the columns that the scorecards use, and ``covered__<record>`` dates.

    A name that is both a metric and a frame column is the metric. Not-a-number and infinity are null.
    ``names`` instead of all that the scorecards use; with ``carry`` all columns of ``frame`` stay.
    """
    used = set(names) if names is not None else names_used(scorecards)
    wide, covered = metrics.wide, metrics.covered
    records = sorted(set().union(*(_records(name, definitions) for name in used)) if used else set())
    values = [_finite(wide, name) for name in sorted(used) if name in wide.columns]
    days = [wide[f"{n}__on"] for n in sorted(_leaves(used, definitions)) if f"{n}__on" in wide.columns]
    days += [wide[n + MEASURED] for n in sorted(used) if n + MEASURED in wide.columns]
    own = [c for c in frame.columns if (c not in KEYS and c not in used) or c not in wide.columns]
    wanted = used | {"scored", "not_scored", "segment"}
    left = frame.select(*KEYS, *(c for c in own if (carry or c in wanted) and c not in KEYS))
    joined = left.left_join(wide.select(*KEYS, *values, *days), KEYS).drop("account_id_right", "as_of_right")
    return _with_reach(joined, covered, records) if records else joined


def _with_reach(joined: ir.Table, covered: ir.Table, records: list[str]) -> ir.Table:
    """Add how far each record is covered: for the account where it has a row of its own, else for everybody."""
    if "account_id" not in covered.columns:
        return joined.left_join(_reach(covered, ["as_of"], COVERED, records), "as_of").drop("as_of_right")
    general = _reach(covered.filter(covered.account_id.isnull()), ["as_of"], "general__", records)
    own = _reach(covered.filter(covered.account_id.notnull()), list(KEYS), "own__", records)
    joined = joined.left_join(general, "as_of").drop("as_of_right")
    joined = joined.left_join(own, KEYS).drop("account_id_right", "as_of_right")
    nearest = {COVERED + r: ibis.coalesce(joined["own__" + r], joined["general__" + r]) for r in records}
    return joined.mutate(**nearest).drop(*(mark + r for mark in ("general__", "own__") for r in records))


def _reach(covered: ir.Table, keys: list[str], mark: str, records: list[str]) -> ir.Table:
    return covered.group_by(keys).agg(
        **{mark + r: covered.covered_to.max(where=covered.record == r) for r in records}
    )


def measured_on(table: ir.Table, name: str, definitions: Mapping[str, Metric]) -> ir.DateValue | None:
    """The day that the value's age counts from; None where the metric reads no record.

    For a latest value the day of its row, for all else the last day that the record's sources cover; a
    metric made of several has the age of its oldest part.
    """
    if name + MEASURED in table.columns:
        return table[name + MEASURED]
    days: list[ir.DateValue] = []
    for leaf in sorted(_leaves({name}, definitions)):
        metric = definitions[leaf]
        if metric.primitive == "latest" and f"{leaf}__on" in table.columns:
            days.append(table[f"{leaf}__on"])
        elif metric.record is not None and COVERED + metric.record in table.columns:
            days.append(table[COVERED + metric.record])
    if not days:
        return None
    oldest = days[0]
    for day in days[1:]:
        oldest = ibis.cases((oldest.isnull() | day.isnull(), ibis.null("date")), (day < oldest, day), else_=oldest)
    return oldest


def _finite(wide: ir.Table, name: str) -> ir.FloatingValue:
    value = wide[name].cast("float64")
    return ibis.cases((value.abs() <= LARGEST, value), else_=None).name(name)


def parts(metric: Metric) -> set[str]:
    """The metrics that a derived metric is made of (frame columns included where it is an expression)."""
    if metric.ratio is not None:
        return {metric.ratio.of, metric.ratio.to}
    if metric.kernel is not None:
        return set(metric.kernel.of)
    if metric.expression is not None:
        return set(metric.expression.names)
    if metric.found is not None:
        return {metric.found.of, *([metric.found.effect] if metric.found.effect else [])}
    derived = metric.change or metric.baseline or metric.slope or metric.percentile
    return {derived.of} if derived is not None else set()


def resting_on(names: Iterable[str], definitions: Mapping[str, Metric]) -> set[str]:
    """The metrics among ``names`` and all that they are made of, however deep."""
    found: set[str] = set()
    todo = [name for name in names if name in definitions]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [part for part in parts(definitions[name]) if part in definitions]
    return found


def _leaves(names: Iterable[str], definitions: Mapping[str, Metric]) -> set[str]:
    """The metrics over rows of a record that ``names`` rest on."""
    found: set[str] = set()
    seen: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name in seen or name not in definitions:
            continue
        seen.add(name)
        below = parts(definitions[name])
        if below:
            todo.extend(below)
        else:
            found.add(name)
    return found


def _records(name: str, definitions: Mapping[str, Metric]) -> set[str]:
    leaves = _leaves({name}, definitions)
    return {record for leaf in leaves if (record := definitions[leaf].record) is not None}


def records_read(name: str, definitions: Mapping[str, Metric]) -> tuple[str, ...]:
    """The records that a metric rests on, sorted."""
    return tuple(sorted(_records(name, definitions)))
