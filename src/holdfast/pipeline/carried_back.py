"""Rows that are carried back, and the first stored day on which anything read from them is another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Snapshot
from holdfast.metrics.evaluate import metric_table
from holdfast.metrics.plan import inputs, plan
from holdfast.metrics.reach import records_read
from holdfast.segments.frame import account_frame

OF_FRAME = ("account", "exchange_rate", "subscription")
"""The records that the account frame reads."""


def first_shown(
    before: Snapshot, after: Snapshot, definitions: Definitions, days: Sequence[date],
    carried: Mapping[str, Collection[str]],
) -> date | None:
    """The first of ``days``, or of the days that their metrics look back to, that shows the new rows; None for none.

    ``carried`` names the accounts of rows that came between the two snapshots, by record. What is read from these
    records is computed for those accounts from both snapshots and compared; all else cannot have changed by them.
    """
    accounts = {account for found in carried.values() for account in found}
    then, now = before.of_accounts(accounts), after.of_accounts(accounts)
    names = [
        name for name, metric in definitions.metrics.items()
        if not inputs(metric, definitions.metrics) and not carried.keys().isdisjoint(records_read(metric))
    ]
    found: list[date] = []
    if not carried.keys().isdisjoint(OF_FRAME):
        frames = [account_frame(s, definitions, days, "known") for s in (then, now)]
        found += _other(after, *frames)
    if names:
        looked_at = plan(definitions.metrics, None, days).all_days
        wide = [_values(s, definitions, looked_at, names) for s in (then, now)]
        found += _other(after, *wide)
    return min(found, default=None)


def _values(snapshot: Snapshot, definitions: Definitions, days: Sequence[date], names: Sequence[str]) -> ir.Table:
    frame = account_frame(snapshot, definitions, days, "known").select("account_id", "as_of", "created_on", "scored")
    return metric_table(snapshot, definitions, frame, names, "known").wide


def _other(snapshot: Snapshot, then: ir.Table, now: ir.Table) -> list[date]:
    """The days on which the two tables differ."""
    rows = [_rows(snapshot, table) for table in (then, now)]
    return sorted({day for day, _ in rows[0] ^ rows[1]})


def _rows(snapshot: Snapshot, table: ir.Table) -> frozenset[tuple[date, tuple[Any, ...]]]:
    found = snapshot.engine.arrow(table)
    days = found["as_of"].to_pylist()
    return frozenset(zip(days, zip(*(c.to_pylist() for c in found.columns), strict=True), strict=True))
