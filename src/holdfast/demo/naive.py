"""The naive rules that every alert has to beat: use fell from one month to the next, nobody logged in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .measure import Alert

DROP, SILENT = -0.25, 14
"""As they are usually set: minus 25 % month over month, 14 days without a login."""
SETTINGS = tuple((drop / 100, silent) for drop in range(-10, -95, -5) for silent in (7, 14, 21, 30, 45, 60))
"""Fall and days that are tried to find the setting that finds as much as the signals do."""


def naive_alerts(rows: Iterable[Mapping[str, Any]], drop: float = DROP, silent: int = SILENT) -> list[Alert]:
    """One alert each time that a rule begins to hold. ``rows``: account_id, as_of, fall and idle, by account and day.

    >>> from datetime import date
    >>> days = [date(2026, 1, 4), date(2026, 1, 11), date(2026, 1, 18)]
    >>> rows = [{"account_id": "a", "as_of": d, "fall": f, "idle": 1} for d, f in zip(days, (0.1, -0.3, -0.3))]
    >>> [(a.name, a.day.day) for a in naive_alerts(rows)]
    [('fall', 11)]
    """
    found, before = [], {"fall": False, "idle": False}
    account = ""
    for row in rows:
        if row["account_id"] != account:
            account, before = row["account_id"], {"fall": False, "idle": False}
        now = {
            "fall": row["fall"] is not None and row["fall"] < drop,
            "idle": row["idle"] is not None and row["idle"] >= silent,
        }
        found += [Alert(account, rule, row["as_of"]) for rule, holds in now.items() if holds and not before[rule]]
        before = now
    return found
