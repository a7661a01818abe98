"""What an evaluation of metrics gives."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir


@dataclass(frozen=True)
class MetricTable:
    """Metrics of accounts on days.

    ``wide``: ``account_id``, ``as_of``, one DOUBLE column a metric (null where missing), and for latest,
    days_since and days_until metrics a DATE column ``<metric>__on``, the day of the row that gave the value.
    ``covered``: ``as_of``, ``record``, ``account_id``, ``covered_to``: the last local day that the sources of the
    record cover, as of that day.
    """

    wide: ir.Table
    covered: ir.Table
