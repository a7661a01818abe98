"""Which columns of its record a metric names, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from holdfast.definitions.expression import Expression
from holdfast.definitions.metric import Metric
from holdfast.definitions.place import Place

OF_ROWS = ("count", "sum", "average", "median", "distinct", "latest", "days_since", "days_until", "share",
           "weighted", "detector")
"""Primitives that read the rows of a record."""
EVENT_PSEUDO = frozenset({"day", "user_day"})
"""What ``distinct`` over events may count besides columns."""


@dataclass(frozen=True)
class Use:
    """Names used at one place."""

    names: frozenset[str]
    place: Place


def row_uses(metric: Metric) -> Iterator[Use]:
    """Every use of a column in the row primitive of ``metric``."""
    for primitive in OF_ROWS:
        rows = getattr(metric, primitive)
        if rows is None:
            continue
        for part in ("of", "where", "by"):
            value = getattr(rows, part, None)
            if isinstance(value, Expression):
                yield Use(value.names, metric.at(primitive, part))
            elif isinstance(value, str) and primitive != "weighted":
                pseudo = EVENT_PSEUDO if metric.record == "event" else frozenset()
                yield Use(frozenset({value}) - pseudo, metric.at(primitive, part))
