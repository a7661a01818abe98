"""How many accounts and how much revenue stand in each band, and how much is at risk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .row import BANDS, ZERO, Row, as_number


def distribution(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One entry a band, in band order; accounts and revenue sum to those of ``rows``."""
    found = []
    for band in BANDS:
        members = [row for row in rows if row.band == band]
        found.append(
            {
                "band": band,
                "accounts": len(members),
                "arr": as_number(sum((row.arr for row in members), ZERO)),
            }
        )
    return found


def totals(rows: Sequence[Row], at_risk_below: float = 50.0) -> dict[str, Any]:
    """Accounts, revenue, and the revenue of accounts with a score under ``at_risk_below``."""
    at_risk = [row for row in rows if row.score is not None and row.score < at_risk_below]
    red = [row for row in rows if row.color == "red"]
    return {
        "accounts": len(rows),
        "arr": as_number(sum((row.arr for row in rows), ZERO)),
        "arr_unknown": sum(not row.arr_known for row in rows),
        "with_score": sum(row.score is not None for row in rows),
        "at_risk_below": at_risk_below,
        "at_risk_accounts": len(at_risk),
        "at_risk_arr": as_number(sum((row.arr for row in at_risk), ZERO)),
        "red_accounts": len(red),
        "red_arr": as_number(sum((row.arr for row in red), ZERO)),
    }
