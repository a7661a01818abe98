"""The value tier of an account: what it pays a year, in four steps."""

from __future__ import annotations

import ibis

TIERS: tuple[tuple[str, int], ...] = (("enterprise", 100_000), ("mid_market", 25_000), ("smb", 5_000))
"""Name and least yearly revenue, in the reporting currency; below the last one is ``starter``."""
LEAST = "starter"


def value_tier(arr: ibis.NumericValue) -> ibis.StringValue:
    """Tier by yearly recurring revenue; null where the revenue is unknown."""
    branches = [(arr >= least, name) for name, least in TIERS]
    return ibis.cases((arr.isnull(), ibis.null("string")), *branches, else_=LEAST)
