"""The share of each value tier in customers and revenue, against what the company expects of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from holdfast.definitions.service_tier import ServiceTier

from .row import ZERO, Row, as_number

ORDER = ("enterprise", "mid_market", "smb", "starter")
"""Value tiers, the largest first."""
Range = tuple[float, float] | None


def tier_order(name: object) -> int:
    """The place of a value tier; what is no tier stands last."""
    return ORDER.index(str(name)) if name in ORDER else len(ORDER)


def tier_shares(rows: Sequence[Row], service: Sequence[ServiceTier]) -> list[dict[str, Any]]:
    """One entry a tier that has accounts or an expectation; accounts and revenue sum to those of ``rows``.

    ``apart`` is how far a share lies outside its range, below it negative, 0 within; null without an expectation.
    """
    expected = {one.value_tier: one for one in service}
    members: dict[str | None, list[Row]] = {name: [] for name in sorted(expected, key=tier_order)}
    for row in rows:
        members.setdefault(row.source.get("value_tier"), []).append(row)
    total = sum((row.arr for row in rows), ZERO)
    found = []
    for name in sorted(members, key=lambda one: (tier_order(one), one or "")):
        mine, one = members[name], expected.get(name or "")
        arr = sum((row.arr for row in mine), ZERO)
        found.append({
            "tier": name, "accounts": len(mine), "arr": as_number(arr),
            "customers": _against(Decimal(len(mine)), Decimal(len(rows)), one.customers if one else None),
            "revenue": _against(arr, total, one.revenue if one else None),
        })
    return found


def _against(part: Decimal, whole: Decimal, expected: Range) -> dict[str, Any]:
    share = float(part / whole) if whole > 0 else None
    apart = None
    if share is not None and expected is not None:
        low, high = expected
        apart = share - low if share < low else share - high if share > high else 0.0
    return {"share": share, "expected": list(expected) if expected else None, "apart": apart}
