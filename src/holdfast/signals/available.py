"""What a signal needs to be told: where a record is missing it cannot be computed, and that is said once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlglot import expressions as exp

from holdfast.definitions.expression import Expression
from holdfast.definitions.metric import Metric
from holdfast.definitions.signal import Signal
from holdfast.scoring.inputs import parts, records_read

MOST = 32
Needs = list[frozenset[str]]


def needs(condition: Expression) -> Needs:
    """Sets of names: the condition can turn out true once all names of one of them are known.

    A name that stands in ``coalesce`` or beside ``is null`` is not needed.

    >>> sorted(sorted(n) for n in needs(Expression.parse("(a > 1 or b > 1) and coalesce(c, 0) = 0")))
    [['a'], ['b']]
    """
    return _needs(condition.tree)


def names_needed(condition: Expression) -> frozenset[str]:
    """Every name without which the condition is not known; those in ``coalesce`` or beside ``is null`` are not.

    >>> sorted(names_needed(Expression.parse("a > 1 and coalesce(c, 0) = 0")))
    ['a']
    """
    return frozenset(_named(condition.tree))


def _needs(node: exp.Expr) -> Needs:
    if isinstance(node, exp.Paren):
        return _needs(node.this)
    if isinstance(node, exp.Or):
        return [*_needs(node.this), *_needs(node.expression)]
    if isinstance(node, exp.And):
        left, right = _needs(node.this), _needs(node.expression)
        return list(dict.fromkeys(a | b for a in left for b in right))[:MOST]
    return [frozenset(_named(node))]


def _named(node: exp.Expr) -> Iterable[str]:
    if isinstance(node, exp.Coalesce) or (isinstance(node, exp.Is) and isinstance(node.expression, exp.Null)):
        return
    if isinstance(node, exp.Column):
        yield node.name
    for inner in node.iter_expressions():
        yield from _named(inner)


def missing_records(
    one: Signal, signals: Mapping[str, Signal], metrics: Mapping[str, Metric], loaded: Collection[str]
) -> tuple[str, ...]:
    """Records without which the signal cannot be told; none where it can, in one way at least."""
    ways = []
    for names in needs(one.when):
        names -= set(one.thresholds)
        lacking: set[str] = set()
        for name in names:
            if name in signals:
                lacking |= set(missing_records(signals[name], signals, metrics, loaded))
            elif name in metrics:
                lacking |= set(records_read(name, metrics)) - set(loaded)
        ways.append(tuple(sorted(lacking)))
    return min(ways, key=lambda way: (len(way), way))


def missing_of_conditions(
    conditions: Iterable[Expression], metrics: Mapping[str, Metric], loaded: Collection[str]
) -> tuple[str, ...]:
    """Records without which none of the conditions over metrics can be told; none where one of them can."""
    ways = []
    for condition in conditions:
        names = names_needed(condition)
        read = {record for name in names for record in records_read(name, metrics)}
        read |= {"contact"} if any(rests_on_roles(name, metrics) for name in names) else set()
        ways.append(tuple(sorted(read - set(loaded))))
    return min(ways, key=lambda way: (len(way), way), default=())


def unknown_names(one: Signal, values: Mapping[str, object], signals: Collection[str]) -> tuple[str, ...]:
    """Names that are null in ``values`` and without which the signal cannot be told; none where it can."""
    told = {*signals, *one.thresholds}
    ways = [tuple(sorted(n for n in names if n not in told and values.get(n) is None)) for names in needs(one.when)]
    return min(ways, key=lambda way: (len(way), way))


def rests_on_roles(name: str, metrics: Mapping[str, Metric]) -> bool:
    """Whether a metric looks at the recorded roles of contacts."""
    metric = metrics.get(name)
    if metric is None:
        return False
    over = (metric.count, metric.days_since, metric.share, metric.distinct, metric.latest)
    if any(rows is not None and rows.where is not None and "roles" in rows.where.text for rows in over):
        return True
    if metric.users is not None and metric.users.take in ("champion_idle", "top_has_budget"):
        return True
    return any(rests_on_roles(part, metrics) for part in sorted(parts(metric)))
