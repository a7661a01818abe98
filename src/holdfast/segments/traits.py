"""Traits that scorecards may ask for in ``applies``: high growth and seasonal."""

from __future__ import annotations

import ibis

GROWTH_DAYS = 180
GROWTH_SHARE = 0.25
_SEASONAL = r'"[Ss]easonal"\s*:\s*("?([Tt]rue|[Yy]es|1)"?)'


def high_growth(t: ibis.Table) -> ibis.BooleanValue:
    """Whether seats grew by a quarter or more within 180 days; false where either number is unknown."""
    grown = t.seats >= t.seats_before * (1 + GROWTH_SHARE)
    return (grown & (t.seats_before > 0)).fill_null(False)


def seasonal(t: ibis.Table) -> ibis.BooleanValue:
    """Whether the source of accounts marks the account as seasonal, in a column of that name."""
    return t.attributes.re_search(_SEASONAL).fill_null(False)
