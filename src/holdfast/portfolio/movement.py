"""What moved between the bands since an earlier day, in accounts and in revenue; it adds up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from .row import BANDS, Row, as_number

FLOWS = ("before", "moved_in", "moved_out", "new", "lost", "grew", "shrank", "now")


def movement(before: Sequence[Row], now: Sequence[Row]) -> list[dict[str, Any]]:
    """One entry a band: ``before + moved_in - moved_out + new - lost + grew - shrank = now``.

    An account that changes band moves with its earlier revenue; what it gained or lost since counts as
    growth in its new band, so that all that moves out moves in somewhere. Counts of accounts know no growth.
    """
    arr: dict[str, dict[str, Decimal]] = {band: dict.fromkeys(FLOWS, Decimal(0)) for band in BANDS}
    count: dict[str, dict[str, int]] = {band: dict.fromkeys(FLOWS, 0) for band in BANDS}

    def add(band: str, flow: str, amount: Decimal, accounts: int = 1) -> None:
        arr[band][flow] += amount
        count[band][flow] += accounts

    earlier = {row.account_id: row for row in before}
    later = {row.account_id: row for row in now}
    for row in before:
        add(row.band, "before", row.arr)
        if row.account_id not in later:
            add(row.band, "lost", row.arr)
    for row in now:
        add(row.band, "now", row.arr)
        was = earlier.get(row.account_id)
        if was is None:
            add(row.band, "new", row.arr)
            continue
        if was.band != row.band:
            add(was.band, "moved_out", was.arr)
            add(row.band, "moved_in", was.arr)
        grown = row.arr - was.arr
        add(row.band, "grew" if grown > 0 else "shrank", abs(grown), 0)
    return [
        {
            "band": band,
            "arr": {flow: as_number(amount) for flow, amount in arr[band].items()},
            "accounts": dict(count[band]),
        }
        for band in BANDS
    ]
