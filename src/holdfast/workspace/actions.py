"""The action list of the week: one case an account, and how much there is against what people can take on."""

from __future__ import annotations

from typing import Any

from holdfast.actions.capacity import capacity_of
from holdfast.actions.case_list import order
from holdfast.actions.volume import volume

from .accounts import accounts
from .published import Published

ABOUT = ("account_id", "name", "score", "band", "coverage", "mrr", "arr", "renews_on", "as_of")
LEAD = ("signal", "label", "category", "severity", "evidence", "action", "owner_role", "due_on", "playbook")
CASE = ("lane", "rank", "priority", "why", "factors", "clock", "found_on")


def actions(published: Published, account: str | None, owner: str | None) -> list[dict[str, Any]]:
    """One row a case in the order of lanes and ranks: account, leading finding, what to do, who, by when, and why here.

    ``findings`` holds every step of the account. ``owner`` keeps the accounts of one owner.
    """
    rows = [row for row in accounts(published, None, owner, None, "known") if row.get("case")]
    rows = [row for row in rows if account is None or row["account_id"] == account]
    return [_listed(row) for row in sorted(rows, key=order)]


def action_volume(published: Published, owner: str | None) -> dict[str, Any]:
    """Load of each owner, volume of each rule, and overlap of rules, on the published day."""
    rows = accounts(published, None, owner, None, "known")
    return {"as_of": published.as_of.isoformat(), **volume(rows, capacity_of(published.site.definitions))}


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    case = row["case"]
    lead = next(step for step in row["actions"] if step["signal"] == case["signal"])
    return {
        **{key: row[key] for key in ABOUT},
        **{key: case[key] for key in CASE},
        **{key: lead[key] for key in LEAD},
        "case": case["key"],
        "case_severity": case["severity"],
        "owner": lead["owner"] or row["owner"],
        "owner_name": lead["owner_name"] or row["owner_name"],
        "account_owner": row["owner"],
        "findings": row["actions"],
    }
