"""Events made to break metrics: edges of windows, days of 23 and 25 hours, late rows, rows without users."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from frame_data import DAYS, ZONE

from holdfast.definitions.features import Features

FEATURES = Features.model_validate({
    "core": ["search", "report", "share"], "expansion": ["alerts", "export"], "advanced": ["automation", "audit"],
    "key": ["report", "share"], "login": ["login", "sso"], "workflow": ["search", "report", "sent"],
    "milestones": [
        {"milestone": "first report", "feature": "report", "due_days": 14},
        {"milestone": "sent", "name": "sent", "due_days": 30},
        {"milestone": "automated", "feature": "automation", "due_days": 420},
        {"milestone": "never", "feature": "o'never", "due_days": 90},
    ],
})
NAMES = ("login", "sso", "opened", "sent", "edited")
USED = ("search", "report", "share", "alerts", "export", "automation", "extra", None)
FIRST, LAST = date(2025, 8, 20), date(2026, 4, 8)


def tables() -> dict[str, pa.Table]:
    """The event table, and the contacts that link champions to users."""
    rows = [*_noise(), *_edges(), *_sessions(), *_late(), *_without_user(), *_newcomers(), *_repeats(),
            *_boundaries(), *_weeks(),
            *_first_times(), *_champions(), *_exports(), *_money_users()]
    for place, row in enumerate(rows):
        row["event_id"] = f"e{place}"
        row.setdefault("known_at", row["occurred_at"] + timedelta(minutes=1))
        row["line"] = place + 2
    return {"event": pa.Table.from_pylist(rows, schema=_SCHEMA)}


_SCHEMA = pa.schema([
    ("event_id", pa.string()), ("account_id", pa.string()), ("user_key", pa.int64()),
    ("occurred_at", pa.timestamp("us")), ("name", pa.string()), ("feature", pa.string()),
    ("session_id", pa.string()), ("quantity", pa.decimal128(18, 6)), ("duration_s", pa.decimal128(18, 6)),
    ("error", pa.decimal128(18, 6)), ("channel", pa.string()), ("known_at", pa.timestamp("us")),
    ("line", pa.int64()),
])


def event(account: str, user: int | None, moment: datetime, **more: object) -> dict[str, object]:
    """One event; ``moment`` is UTC without a zone."""
    return {"account_id": account, "user_key": user, "occurred_at": moment, "name": "opened", **more}


def local(day: date, hour: int, minute: int = 0, second: int = 0, micro: int = 0) -> datetime:
    """A local time of the workspace as UTC."""
    zoned = datetime(day.year, day.month, day.day, hour, minute, second, micro, ZoneInfo(ZONE))
    return zoned.astimezone(UTC).replace(tzinfo=None)


def _noise() -> list[dict[str, object]]:
    """Ordinary use round the clock, of very different size and course."""
    rng = np.random.default_rng(20260329)
    shape = {"acme": (9, 0.22, 1.0), "beta": (5, 0.12, 0.97), "gamma": (4, 0.1, 1.02), "echo": (3, 0.2, 0.94),
             "foxtrot": (6, 0.12, 1.03), "hotel": (2, 0.15, 1.0)}
    rows = []
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    for place, (account, (users, rate, drift)) in enumerate(shape.items()):
        for n, day in enumerate(days):
            for user in range(users):
                if rng.random() > min(0.9, rate * drift ** (n / 7)) * (0.4 + 1.2 * user / users):
                    continue
                for _ in range(1 + rng.integers(4)):
                    rows.append(_random(rng, account, 100 * (place + 1) + user, day))
    return rows


def _random(rng: np.random.Generator, account: str, user: int, day: date) -> dict[str, object]:
    moment = datetime(day.year, day.month, day.day) + timedelta(seconds=int(rng.integers(86_400)))
    channel = (None, "person", "person", "person", "person", "api", "automation")[rng.integers(7)]
    feature = USED[min(int(rng.exponential(2.2)), len(USED) - 1)]
    return event(
        account, user, moment, name=NAMES[rng.integers(5)], feature=feature, channel=channel,
        session_id=f"{account}-{user}-{moment:%m%d}-{rng.integers(3)}" if rng.random() < 0.5 else None,
        quantity=(None, Decimal("1"), Decimal("2.5"), Decimal("4"))[rng.integers(4)],
        duration_s=(None, Decimal("31.25"), Decimal("600"))[rng.integers(3)],
        error=(None, None, None, Decimal("1"), Decimal("0"))[rng.integers(5)],
    )


def _edges() -> list[dict[str, object]]:
    """A user of its own on the last and first instants of each window's first and last day."""
    rows = []
    for n, day in enumerate(DAYS):
        for k, back in enumerate((0, 1, 7, 14, 30, 44, 60, 90, 180)):
            first = day - timedelta(days=back)
            if first < FIRST + timedelta(days=2):
                continue
            for j, moment in enumerate((local(first, 0), local(first, 23, 59, 59, 999_999))):
                rows.append(event("beta", 5_000 + 100 * n + 10 * k + j, moment, name="login", feature="search",
                                  error=Decimal(1), duration_s=Decimal(10)))
                rows.append(event("gamma", 6_000 + j, moment, channel="api", quantity=Decimal(3)))
    return rows


def _sessions() -> list[dict[str, object]]:
    """Gaps just below and at half an hour, across midnight, out of order, and two users with equal times."""
    rows = []
    for day in DAYS:
        start = local(day, 20) - timedelta(days=1)
        for minutes in (0, 29, 59, 88, 118, 240, 269):
            rows.append(event("acme", 900, start + timedelta(minutes=minutes), feature="search"))
        rows.append(event("acme", 900, start + timedelta(minutes=147, seconds=59, microseconds=999_999)))
        for user in (901, 902):
            rows.append(event("acme", user, start, session_id=f"shared-{day}", feature="report"))
        rows.append(event("acme", 901, start + timedelta(hours=5), session_id=f"shared-{day}"))
        rows.append(event("acme", 900, start + timedelta(minutes=40), session_id=f"inside-{day}"))
    return rows


def _late() -> list[dict[str, object]]:
    """Events that became known days or weeks later; some displace the start of a session."""
    rows = []
    for n, day in enumerate(DAYS):
        for back, delay in ((2, 1), (2, 4), (9, 20), (25, 26), (40, 41), (70, 100)):
            moment = local(day, 10) - timedelta(days=back)
            if moment.date() < FIRST:
                continue
            known = moment + timedelta(days=delay)
            user = 700 + 10 * n + back % 7
            rows.append(event("echo", user, moment, known_at=known, feature="export", name="login",
                              quantity=Decimal("7")))
            rows.append(event("echo", user, moment + timedelta(minutes=20), feature="share"))
            rows.append(event("echo", user, moment - timedelta(minutes=20), session_id=f"late-{day}-{back}",
                              known_at=known, feature="automation", error=Decimal(2)))
            rows.append(event("echo", user, moment + timedelta(hours=30), session_id=f"late-{day}-{back}"))
            rows.append(event("gamma", 6_000, moment, channel="api", known_at=known, quantity=Decimal(5)))
    return rows


def _without_user() -> list[dict[str, object]]:
    """An account whose log names nobody, one that names some, and one that only machines use."""
    rows = []
    for n in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=n)
        if n % 3 == 0:
            rows.append(event("delta", None, local(day, 9), feature="report", session_id="d" if n % 6 else None))
        if n % 5 == 0:
            rows.append(event("hotel", None, local(day, 12), feature="alerts", name="login"))
        if n % 2 == 0:
            rows.append(event("007", 777, local(day, 3), channel="api", quantity=Decimal(10)))
            rows.append(event("007", None, local(day, 4), channel="automation"))
    rows.append(event("007", 778, local(date(2026, 3, 1), 23, 30), feature="search"))
    rows.append(event("007", None, local(date(2026, 3, 25), 23, 30), feature="search"))
    return rows


def _newcomers() -> list[dict[str, object]]:
    """Users with 2, 3 and 4 active days in their first two weeks, and one on the very edge of them."""
    rows = []
    for n, day in enumerate(DAYS):
        for back in (13, 14, 15, 30, 43, 44, 45):
            start = day - timedelta(days=back)
            if start < FIRST + timedelta(days=1):
                continue
            for user, offsets in enumerate(((0, 1), (0, 5, 13), (0, 5, 14), (0, 1, 2, 3))):
                for offset in offsets:
                    key = 10_000 + 1_000 * n + 10 * back + user
                    when = local(start + timedelta(days=offset), 0 if offset else 23, 30)
                    account = "golf" if start >= date(2026, 2, 20) else "foxtrot"
                    rows.append(event(account, key, when, feature="search" if user else "sent",
                                      name="sent" if user == 3 else "login"))
    return rows


def _repeats() -> list[dict[str, object]]:
    """The same user many times a day, and in two accounts; a user who does the whole workflow."""
    rows = []
    for day in DAYS:
        for n in range(12):
            rows.append(event("acme", 903, local(day, 8, n), name="edited", feature="extra"))
        rows.append(event("echo", 100, local(day, 8)))
        for n, step in enumerate(({"feature": "search"}, {"feature": "report"}, {"name": "sent"})):
            rows.append(event("acme", 904, local(day - timedelta(days=14 * n + 1), 0, 15), **step))
            rows.append(event("gamma", 301, local(day - timedelta(days=10 * n + 9), 23, 45), **step))
    return rows


def _boundaries() -> list[dict[str, object]]:
    """Features, users and actions that count only because of the exact first day of a window."""
    day = date(2026, 3, 31)
    inside, outside = local(day - timedelta(days=29), 0), local(day - timedelta(days=30), 23, 59, 59, 999_999)
    rows = [event("india", 1, inside, feature=f) for f in ("report", "alerts", "automation")]
    rows += [event("india", 1, outside, feature=f) for f in ("share", "export", "audit", "extra")]
    rows += [event("india", 1, local(day, 12) - timedelta(days=1), feature="share", channel="api")]
    rows += [event("juliet", 2, inside, feature="report")]
    rows += [event("juliet", 2, local(day, 12) - timedelta(days=2), feature="report", channel="api")]
    rows += [event("kilo", 11, local(day - timedelta(days=89), 12), quantity=Decimal(20))]
    rows += [event("kilo", 12, local(day - timedelta(days=3), 12), quantity=Decimal(5), feature="search")]
    rows += [event("kilo", 13, local(day - timedelta(days=90), 12), quantity=Decimal(30))]
    rows += [event("kilo", 14, local(day - timedelta(days=119), 12))]
    return rows


def _weeks() -> list[dict[str, object]]:
    """A peak 26 weeks back, a higher one 27 weeks back; an account with just 7 weeks before this one."""
    older = ("search", "report", "share", "alerts", "export", "automation", "extra")
    rows = [event("kilo", 12, local(date(2025, 8, 25), 12), feature=f) for f in older]
    rows += [event("kilo", 12, local(date(2025, 9, 2), 12), feature=f) for f in older[:5]]
    rows += [event("kilo", 12, local(date(2026, 2, 28), 0, 30), feature="alerts")]
    start = date(2026, 2, 6)
    rows += [event("lima", n % 4, local(start + timedelta(days=n), 15), feature="search") for n in range(0, 60, 2)]
    return rows


def _first_times() -> list[dict[str, object]]:
    """Steps first done just after midnight, when it is still yesterday elsewhere."""
    after = local(date(2026, 3, 19), 0, 30)
    rows = [event("mike", 3, local(date(2026, 1, 5), 9), feature=f) for f in ("search", "report")]
    rows += [event("mike", 3, after, feature="automation"), event("mike", 3, after, name="sent")]
    rows += [event("007", 779, local(date(2026, 3, 5), 12)), event("007", 781, local(date(2026, 3, 30), 0, 30))]
    rows += [event("007", 782, local(date(2026, 3, 21), 12)), event("007", 782, after)]
    rows += [event("mike", 3, local(date(2026, 3, 10), 0, 30), channel="api")]
    for days in range(3, 15):
        rows += [event("mike", 40 + days, local(date(2026, 1, 31), 12))]
        rows += [event("mike", 40 + days, local(date(2026, 2, 2) + timedelta(days=n), 12)) for n in range(days - 1)]
    return rows


def _champions() -> list[dict[str, object]]:
    """Users who are champions among the contacts."""
    rows = []
    for day in DAYS:
        rows.append(event("hotel", 31, local(day, 0, 30)))
        rows.append(event("hotel", 63, local(day - timedelta(days=6), 12)))
        rows.append(event("golf", 22, local(day - timedelta(days=4), 12)))
        rows.append(event("echo", 28, local(day - timedelta(days=11), 12)))
    return rows


def _exports() -> list[dict[str, object]]:
    """Exports on the first and last instants of the days around the ends of their windows."""
    return [
        event("beta", 7_000, local(DAYS[3] - timedelta(days=back), *moment), name="Export of rows")
        for back in (29, 30, 119, 120) for moment in ((0,), (23, 59, 59, 999_999))
    ]


def _money_users() -> list[dict[str, object]]:
    """User 204, a sponsor, leads only within 90 local days to the instant; before them user 205 led."""
    first = DAYS[3] - timedelta(days=89)
    return [
        event("kilo", 204, local(first, 0), quantity=Decimal(9_000)),
        event("kilo", 205, local(DAYS[3], 9), quantity=Decimal(8_000)),
        event("kilo", 205, local(first, 0) - timedelta(microseconds=1), quantity=Decimal(50_000)),
    ]
