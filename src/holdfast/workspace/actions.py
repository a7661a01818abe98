"""Next steps over all accounts, most at stake first."""

from __future__ import annotations

from datetime import date
from typing import Any

from holdfast.actions.rank import ranked

from .accounts import accounts
from .published import Published


def actions(published: Published, account: str | None, owner: str | None) -> list[dict[str, Any]]:
    """One row a step: account, what was found, what to do, who, by when, and its rank."""
    items = []
    for row in accounts(published, None, owner, None, "known"):
        if account is not None and row["account_id"] != account:
            continue
        about = {k: row[k] for k in ("account_id", "name", "score", "band", "mrr", "arr")}
        for step in row["actions"]:
            taker = {"owner": step["owner"] or row["owner"]}
            items.append({
                **about, **step, **taker, "as_of": date.fromisoformat(row["as_of"]),
                "due_on": date.fromisoformat(step["due_on"]),
            })
    return ranked(items)
