"""The portfolio document: one dict that page, terminal and JSON show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .distribution import distribution, totals
from .groups import groups
from .movement import movement
from .proof import PROOFS
from .renewals import red_soon, renewals
from .row import day, rows_of
from .tier_shares import tier_order, tier_shares
from .tiers import matrix


def portfolio_document(
    rows: Iterable[Mapping[str, Any]],
    before_rows: Iterable[Mapping[str, Any]] | None,
    meta: Mapping[str, Any],
) -> dict[str, Any]:
    """Aggregate account rows (those of ``accounts --json`` with arr, segment, value_tier, renews_on, ...).

    ``before_rows`` are the same rows at ``meta["before"]``; None where there is no earlier day. ``meta`` has
    company, currency, as_of, run, and may have before, at_risk_below, data_states and service (the service tiers).
    Accounts with a ``not_scored`` reason are outside every total and listed under ``not_scored``.
    """
    as_of = day(meta["as_of"])
    if as_of is None:
        raise ValueError("meta has no as_of")
    earlier = None if before_rows is None else [row for row in rows_of(before_rows) if row.counted]
    bands_before = {row.account_id: row.band for row in earlier or ()}
    listed = [
        {
            **row, "proof": row.get("proof") or "unknown",
            "band_before": row.get("band_before") or bands_before.get(str(row["account_id"])),
        }
        for row in rows
    ]
    every = rows_of(listed)
    counted = [row for row in every if row.counted]
    return {
        "company": meta.get("company"),
        "currency": meta.get("currency"),
        "as_of": as_of.isoformat(),
        "before": None if earlier is None or not meta.get("before") else str(meta["before"])[:10],
        "run": meta.get("run"),
        "accounts": listed,
        "bands": distribution(counted),
        "totals": totals(counted, float(meta.get("at_risk_below", 50.0))),
        "movement": None if earlier is None else movement(earlier, counted),
        "owners": groups(counted, "owner", "owner_name"),
        "segments": groups(counted, "segment"),
        "tiers": sorted(groups(counted, "value_tier"), key=lambda group: tier_order(group["key"])),
        "tier_shares": tier_shares(counted, meta.get("service") or ()),
        "strategies": matrix([row.source for row in counted]),
        "proof": sorted(groups(counted, "proof"), key=lambda group: list(PROOFS).index(group["key"])),
        "renewals": renewals(counted, as_of),
        "red_renewals": red_soon(counted, as_of),
        "not_scored": [
            {"account_id": row.account_id, "name": row.source.get("name"), "reason": row.source["not_scored"]}
            for row in every
            if not row.counted
        ],
    }
