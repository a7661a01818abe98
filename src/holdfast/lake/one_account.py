"""The rows of one account, asked in a way that is the same query for every account."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from .engine import Engine


def of_account(rows: ir.Table, account_id: str, engine: Engine | None = None) -> ir.Table:
    """``rows`` with that ``account_id``. The id comes in as a small table and not as a literal.

    So the text that one account's query was compiled to serves every other account as well. Without an
    engine the table is one of Ibis' own.

    >>> found = of_account(ibis.memtable({"account_id": ["a", "b"], "n": [1, 2]}), "b")
    >>> found.n.execute().tolist()
    [2]
    """
    return of_accounts(rows, [account_id], engine)


def of_accounts(rows: ir.Table, accounts: Sequence[str], engine: Engine | None = None) -> ir.Table:
    """The same of several accounts."""
    wanted = pa.table({"account_id": pa.array(accounts, pa.string())})
    asked = ibis.memtable(wanted) if engine is None else engine.frame(wanted)
    return rows.semi_join(asked, "account_id")
