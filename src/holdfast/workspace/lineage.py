"""How many rows a value rests on, and from which batches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Snapshot
from holdfast.lake.one_account import of_account
from holdfast.metrics.row_counts import row_counts


@dataclass(frozen=True)
class Lineage:
    """By metric: the number of rows, and the batches that they came in, sorted."""

    rows: dict[str, int]
    batches: dict[str, list[str]]


def lineage(
    snapshot: Snapshot, definitions: Definitions, account_id: str, day: date, clock: Any, metrics: Iterable[str]
) -> Lineage:
    """The lineage of the named metrics of one account on a day."""
    found = row_counts(rows_of_account(snapshot, account_id), definitions, list(metrics), account_id, day, clock)
    return Lineage(
        rows={name: sum(batches.values()) for name, batches in found.items()},
        batches={name: sorted(batches) for name, batches in found.items()},
    )


def rows_of_account(snapshot: Snapshot, account_id: str) -> Snapshot:
    """The same snapshot with the rows of one account only, each record read once."""
    kept: dict[str, ir.Table] = {}

    def rows_of(record: str) -> ir.Table:
        if record not in kept:
            rows = snapshot.rows(record)
            if "account_id" in rows.columns:
                rows = snapshot.engine.cache(of_account(rows, account_id, snapshot.engine))
            kept[record] = rows
        return kept[record]

    return Snapshot(snapshot.engine, rows_of, snapshot.zone, snapshot.masters)
