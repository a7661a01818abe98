"""Yardsticks for explanations: medians of the segment on the day, and of the account's own past."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.lake import Engine

from .rows import arrow

FEWEST = 5
"""A median over fewer known values than this is null."""


def segment_medians(
    frame: ir.Table, wide: ir.Table, names: Iterable[str], engine: Engine | None = None
) -> dict[str, dict[str, Any]]:
    """Segment -> metric -> its median over the scored accounts of the segment, all rows being of one day."""
    known = [name for name in sorted(names) if name in wide.columns]
    if "segment" not in frame.columns or not known:
        return {}
    rows = frame.filter(frame.scored & frame.segment.notnull())
    named = rows.select("account_id", "as_of", segment=rows.segment.cast("string"))
    joined = named.inner_join(wide.select("account_id", "as_of", *known), ["account_id", "as_of"])
    found = joined.group_by("segment").agg(**{name: _median(joined[name]) for name in known})
    return {row.pop("segment"): row for row in arrow(found, engine).to_pylist()}


def own_medians(past: pa.Table, names: Iterable[str]) -> dict[str, float | None]:
    """Metric -> its median over the rows of ``past``: days of one account, such as 24 Sundays.

    >>> own_medians(pa.table({"wau": [1.0, 4.0, None, 2.0, 8.0, 6.0]}), ["wau"])
    {'wau': 4.0}
    >>> own_medians(pa.table({"wau": [1.0, 4.0]}), ["wau"])
    {'wau': None}
    """
    found: dict[str, float | None] = {}
    for name in sorted(set(names) & set(past.column_names)):
        known = [float(value) for value in past[name].to_pylist() if value is not None]
        found[name] = statistics.median(known) if len(known) >= FEWEST else None
    return found


def _median(value: ir.Value) -> ir.FloatingValue:
    number = value.cast("float64")
    return ibis.cases((number.count() >= FEWEST, number.median()), else_=ibis.null("float64"))
