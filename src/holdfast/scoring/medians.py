"""Yardsticks for explanations: medians of the segment on the day, and of the account's own past."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis
import ibis.expr.types as ir

from holdfast.lake import Engine

from .rows import arrow

FEWEST = 5


def segment_medians(frame: ir.Table, wide: ir.Table, names: Iterable[str]) -> ir.Table:
    """Median of each metric over the scored accounts of a segment: as_of, segment, accounts, one column a metric.

    A median over fewer than five known values is null.
    """
    rows = frame.filter(frame.scored).select("account_id", "as_of", segment=frame.segment.cast("string"))
    known = [name for name in sorted(names) if name in wide.columns]
    joined = rows.inner_join(wide.select("account_id", "as_of", *known), ["account_id", "as_of"])
    return joined.group_by(["as_of", "segment"]).agg(
        accounts=joined.count(), **{name: _median(joined[name], FEWEST) for name in known}
    )


def own_medians(wide: ir.Table, names: Iterable[str]) -> ir.Table:
    """Median of each metric over the days of ``wide``, such as 24 Sundays: account_id, one column a metric."""
    known = [name for name in sorted(names) if name in wide.columns]
    return wide.group_by("account_id").agg(**{name: _median(wide[name], FEWEST) for name in known})


def _median(value: ir.Value, fewest: int) -> ir.FloatingValue:
    number = value.cast("float64")
    return ibis.cases((number.count() >= fewest, number.median()), else_=ibis.null("float64"))


def one_row(table: ir.Table, engine: Engine | None = None) -> dict[str, Any]:
    """The only row of a table as a dict; empty where there is none."""
    rows = arrow(table.limit(1), engine).to_pylist()
    return dict(rows[0]) if rows else {}
