"""The rows of the stored roll-up for some accounts or for all: what a page reads without touching events."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Snapshot
from holdfast.lake.one_account import of_accounts

from .columns import RollupColumn
from .stored import rollup_name
from .user_day import GRAIN


def stored_rows(
    snapshot: Snapshot, definitions: Definitions, columns: Sequence[RollupColumn], accounts: Sequence[str] | None = None
) -> ir.Table | None:
    """``GRAIN`` and the columns, missing ones left out, zeros where a file lacks one; None where nothing is stored."""
    stored = snapshot.rollup(rollup_name(definitions, snapshot.zone))
    if stored is None:
        return None
    names = [n for n in stored.columns if any(c.holds(n) for c in columns)]
    rows = stored.select(*GRAIN, **{n: stored[n].fill_null(0) for n in names})
    return rows if accounts is None else of_accounts(rows, accounts, snapshot.engine)
