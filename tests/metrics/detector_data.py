"""Two years of events of a small company, made to break detectors: an outage, a holiday, seasons, stops, growth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from holdfast.lake.memory import stored_rows
from holdfast.records import RECORDS

ZONE = "Europe/Berlin"
FIRST = date(2024, 2, 7)
"""A Wednesday: the first week of the log is not whole."""
WEEKS = 112
DAYS = (date(2024, 6, 11), date(2025, 12, 31), date(2026, 2, 22), date(2026, 3, 25))
"""A short log; the week after a holiday; a Sunday; the middle of a week."""
BELIEVED_DAYS = (date(2026, 3, 25),)
ACCOUNTS = tuple(f"a{n:02}" for n in range(44))
UNSCORED = ("a03", "a40")
CAUSES = {
    "a00": "sudden stop", "a13": "sudden stop", "a31": "half", "a36": "half", "a40": "half", "a22": "slow",
    "a32": "slow", "a37": "slow", "a34": "surge", "a15": "surge", "a05": "seasonal", "a38": "seasonal",
    "a06": "late rows", "a07": "late rows", "a08": "new", "a09": "nobody named", "a10": "api", "a12": "few",
}


@cache
def tables() -> Mapping[str, pa.Table]:
    """The events in stored form."""
    chance = np.random.default_rng(20260322)
    rows = [row for number, account in enumerate(ACCOUNTS) for row in _events(chance, account, number)]
    for place, row in enumerate(rows):
        row.update(event_id=f"e{place}", line=place + 2, name="opened")
        row.setdefault("known_at", row["occurred_at"] + timedelta(minutes=1))
    schema = pa.schema([
        ("event_id", pa.string()), ("account_id", pa.string()), ("user_key", pa.int64()),
        ("occurred_at", pa.timestamp("us")), ("name", pa.string()), ("channel", pa.string()),
        ("known_at", pa.timestamp("us")), ("line", pa.int64()),
    ])
    return {"event": stored_rows(pa.Table.from_pylist(rows, schema=schema), RECORDS["event"])}


def _events(chance: np.random.Generator, account: str, number: int) -> list[dict[str, object]]:
    cause, rows = CAUSES.get(account, ""), []
    usual = 1.0 if cause == "few" else 2.5 + 0.2 * number
    for week in range(WEEKS):
        monday = FIRST - timedelta(days=FIRST.weekday()) + timedelta(weeks=week)
        rate = usual * chance.gamma(8) / 8 * _together(week) * _alone(cause, week)
        for _ in range(chance.poisson(rate)):
            day = monday + timedelta(days=int(chance.integers(7)))
            if day >= FIRST:
                rows += _one(chance, account, cause, day, week)
    return rows


def _one(
    chance: np.random.Generator, account: str, cause: str, day: date, week: int
) -> list[dict[str, object]]:
    moment = datetime.combine(day, time(int(chance.integers(24)), int(chance.integers(60))), ZoneInfo(ZONE))
    user = None if cause == "nobody named" or chance.random() < 0.02 else int(chance.integers(1, 9))
    row: dict[str, object] = {"account_id": account, "user_key": user,
                              "occurred_at": moment.astimezone(UTC).replace(tzinfo=None)}
    if cause == "late rows" and week >= WEEKS - 5:
        row["known_at"] = datetime(2026, 4, 2)
    if cause == "api" and week > 80:
        row["channel"] = "api"
    again = [{**row} for _ in range(int(chance.integers(0, 2)))]
    return [row, *again]


def _together(week: int) -> float:
    """What happens to all: an outage, the turn of the year twice, a fault that doubles the tracking."""
    return {40: 0.2, 46: 0.3, 47: 0.35, 70: 2.2, 97: 0.3, 98: 0.4, 99: 0.35}.get(week, 1.0)


def _alone(cause: str, week: int) -> float:
    last = WEEKS - 1
    if cause == "sudden stop":
        return 0.0 if week > last - 6 else 1.0
    if cause == "half":
        return 0.35 if week > last - 7 else 1.0
    if cause == "slow":
        return 0.95 ** max(0, week - (last - 24))
    if cause == "surge":
        return 2.6 if week > last - 6 else 1.0
    if cause == "seasonal":
        return 0.3 if (week + 2) % 52 >= 50 or week % 52 <= 6 else 1.0
    if cause == "new":
        return 0.0 if week < 90 else 1.0
    return 1.0


def frame(days: tuple[date, ...]) -> pa.Table:
    """One row an account and day."""
    rows = [{"account_id": a, "as_of": d, "created_on": date(2024, 1, 1), "scored": a not in UNSCORED}
            for d in days for a in ACCOUNTS]
    return pa.Table.from_pylist(rows, schema=pa.schema([
        ("account_id", pa.string()), ("as_of", pa.date32()), ("created_on", pa.date32()), ("scored", pa.bool_())]))
