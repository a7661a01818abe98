"""The accounts of the second answers, and what expressions may name of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

ZONE = "Europe/Berlin"
DAYS = (
    date(2025, 9, 20),    # the log has only just begun
    date(2025, 10, 26),   # a day of 25 hours, a Sunday
    date(2026, 2, 28),    # the end of a month, a Saturday
    date(2026, 3, 18),    # in the middle of a week
    date(2026, 3, 22),    # a Sunday
    date(2026, 3, 29),    # a day of 23 hours, a Sunday
    date(2026, 3, 31),    # the end of a month
)
BELIEVED_DAYS = (date(2026, 3, 18), date(2026, 3, 31))

ACCOUNTS: tuple[dict[str, object], ...] = tuple(
    {"account_id": name, "created_on": created, "seats": seats, "mrr": mrr, "employee_count": people}
    for name, created, seats, mrr, people in (
        ("acme", date(2024, 1, 1), 20, 1000.0, 400),
        ("beta", date(2024, 1, 1), 10, 500.0, 50),
        ("gamma", date(2024, 5, 5), 0, 250.0, None),
        ("delta", date(2025, 1, 1), None, None, 80),
        ("echo", date(2025, 1, 1), 5, 100.0, 12),
        ("foxtrot", date(2025, 9, 10), 8, 0.0, 30),
        ("golf", date(2026, 2, 20), 6, 60.0, 9),
        ("hotel", None, 4, 40.0, 7),
        ("007", date(2025, 1, 1), 3, 30.0, 5),
    )
)

USERS_ONLY: tuple[dict[str, object], ...] = tuple(
    {"account_id": name, "created_on": created, "seats": 2, "mrr": 10.0, "employee_count": 0 if name == "lima" else 4}
    for name, created in (("india", date(2024, 6, 1)), ("juliet", date(2024, 6, 1)), ("kilo", date(2024, 6, 1)),
                          ("lima", date(2026, 2, 5)), ("mike", date(2024, 6, 1)))
)
"""Accounts that only have events."""


def frame(days: Sequence[date]) -> pa.Table:
    """One row an account and day, for the days on which the account exists."""
    rows = [
        {**a, "as_of": d, "arr": None if a["mrr"] is None else a["mrr"] * 12.0, "scored": a["account_id"] != "beta",
         "tenure_days": None if a["created_on"] is None else (d - a["created_on"]).days,
         "segment": "large" if (a["employee_count"] or 0) >= 50 else "small", "strategic": a["account_id"] == "acme"}
        for d in days for a in (*ACCOUNTS, *USERS_ONLY) if a["created_on"] is None or a["created_on"] <= d
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema([
        ("account_id", pa.string()), ("as_of", pa.date32()), ("created_on", pa.date32()), ("seats", pa.int64()),
        ("mrr", pa.float64()), ("arr", pa.float64()), ("employee_count", pa.int64()), ("tenure_days", pa.int64()),
        ("scored", pa.bool_()), ("segment", pa.string()), ("strategic", pa.bool_()),
    ]))
