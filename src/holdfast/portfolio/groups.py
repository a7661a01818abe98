"""Bands by owner, segment or tier, with the red share and its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from .distribution import distribution
from .row import ZERO, Row, as_number

FEWEST = 30
Z95 = 1.959963984540054


def wilson(hits: int, base: int) -> tuple[float, float] | None:
    """95 % interval of a share after Wilson; None without a base.

    >>> tuple(round(bound, 3) for bound in wilson(18, 154))
    (0.075, 0.177)
    >>> wilson(0, 0) is None
    True
    """
    if base <= 0:
        return None
    share, square = hits / base, Z95 * Z95
    middle = (share + square / (2 * base)) / (1 + square / base)
    half = Z95 * math.sqrt(share * (1 - share) / base + square / (4 * base * base)) / (1 + square / base)
    return max(0.0, middle - half), min(1.0, middle + half)


def groups(rows: Sequence[Row], by: str, names: str | None = None) -> list[dict[str, Any]]:
    """One entry a value of the field ``by`` (its ``key``), most accounts first; they sum to ``rows``.

    ``names`` is the field with the words for the value: two owners of one name stay two.

    The red share is one of the accounts that have a score, ``with_score``. Under 30 of them it is marked
    ``too_few``: it may be listed, not compared. A missing value is a group of its own, named None, last.
    """
    members: dict[str | None, list[Row]] = {}
    for row in rows:
        value = row.source.get(by)
        members.setdefault(str(value) if value else None, []).append(row)
    ordered = sorted(members.items(), key=lambda pair: (pair[0] is None, -len(pair[1]), pair[0] or ""))
    return [_group(key, inside, names) for key, inside in ordered]


def _group(key: str | None, rows: Sequence[Row], names: str | None) -> dict[str, Any]:
    name = rows[0].source.get(names) if names else None
    scored = [row for row in rows if row.score is not None]
    red = sum(row.color == "red" for row in scored)
    interval = wilson(red, len(scored))
    return {
        "name": key if name is None else str(name),
        "key": key,
        "accounts": len(rows),
        "arr": as_number(sum((row.arr for row in rows), ZERO)),
        "with_score": len(scored),
        "red": red,
        "red_share": red / len(scored) if scored else None,
        "red_low": interval[0] if interval else None,
        "red_high": interval[1] if interval else None,
        "too_few": len(scored) < FEWEST,
        "bands": distribution(rows),
    }
