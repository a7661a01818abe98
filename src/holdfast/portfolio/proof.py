"""What stands behind the value of an account: confirmed by the customer, only our estimate, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PROOFS: Mapping[str, tuple[str, str]] = {
    "covers_price": ("Confirmed ≥ price", "1.0× and more"),
    "below_price": ("Confirmed < price", "under 1.0×"),
    "no_amount": ("Confirmed, no amount", "or the price is unknown"),
    "estimate": ("Our estimate only", "nobody confirmed"),
    "none": ("No evidence", "no claim holds"),
    "unknown": ("Unknown", "no claim was ever recorded"),
}
"""State of proof -> words and note, the strongest proof first."""
UNPROVEN = ("estimate", "none")


def proof(metrics: Mapping[str, Any], recorded: bool) -> str:
    """The state of proof of an account by its metrics; unknown where the workspace holds no claims at all.

    >>> proof({"value_confirmed_share": 0.5, "value_yearly_confirmed": 900.0, "value_price_ratio": 1.2}, True)
    'covers_price'
    >>> proof({"value_confirmed_share": 0.0}, True), proof({}, True), proof({}, False)
    ('estimate', 'none', 'unknown')
    """
    if not recorded:
        return "unknown"
    share = metrics.get("value_confirmed_share")
    if share is None:
        return "none"
    if share == 0:
        return "estimate"
    ratio = metrics.get("value_price_ratio")
    if not metrics.get("value_yearly_confirmed") or ratio is None:
        return "no_amount"
    return "covers_price" if ratio >= 1 else "below_price"
