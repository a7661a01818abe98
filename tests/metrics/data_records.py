"""Records of every kind but events, made to break metrics: edges of windows, local midnights, late versions.

Rows are drawn at random from a fixed seed, but their dates are not: each lies on, just before or just after
the edge of a window that some metric uses, seen from one of the days that are compared, in the first or last
second of a local day as often as in its middle.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from frame_data import ACCOUNTS, DAYS, ZONE
from text_data import give_texts, marks

from holdfast.lake import TEXT_MARKS, stored_schema
from holdfast.records import RECORDS

Row = dict[str, Any]
EDGES = (0, 1, 14, 30, 60, 90, 120, 180, 270, 360, 365, 730)
TIMES = (time(0), time(0, 0, 0, 1), time(0, 45), time(1, 30), time(12), time(22, 30), time(23, 59, 59, 999_999))
NAMES = tuple(str(a["account_id"]) for a in ACCOUNTS)
MEETINGS = ("meeting", "review", "call")
BULK = (True, None, False, None)
_draw = random.Random(20_260_329)


def tables() -> dict[str, pa.Table]:
    """All records but events, in stored form."""
    _draw.seed(20_260_329)
    made = {
        "account": _accounts(), "contact": _contacts(), "subscription": _subscriptions(),
        "opportunity": _many("opportunity_id", 300, _opportunity), "invoice": _many("invoice_id", 600, _invoice),
        "ticket": _many("ticket_id", 420, _ticket), "message": _messages(),
        "survey_response": _many("response_id", 700, _survey),
        "interaction": _many("interaction_id", 1_000, _interaction), "goal": _many("goal_id", 250, _goal),
        "outcome": _many(None, 240, _outcome), "value_claim": _many("claim_id", 400, _claim),
        "value_question": _many("question_id", 150, _question),
        "external_signal": _many("signal_id", 25, _signal), "pulse": _many(None, 500, _pulse),
        "exchange_rate": _rates(),
    }
    for record, rows in made.items():
        rows.extend(MIDNIGHT[record](rows) if record in MIDNIGHT else [])
        rows.extend(_known(row, row["known_at"]) for row in EDGE.get(record, []))
    give_texts(made)
    return {**{name: _table(name, rows) for name, rows in made.items()}, TEXT_MARKS: marks()}


def _table(record: str, rows: list[Row]) -> pa.Table:
    schema = stored_schema(RECORDS[record])
    names = {name for row in rows for name in row}
    for line, row in enumerate(rows):
        row.setdefault("row_hash", line)
    return pa.Table.from_pylist(rows, schema=pa.schema([f for f in schema if f.name in names | {"row_hash"}]))


def _day(ahead: int = 2) -> date:
    """A day on or beside the edge of a window."""
    back = _draw.choice(EDGES) + _draw.choice((-1, 0, 0, 0, 1))
    if _draw.random() < 0.15:
        back = -_draw.randint(0, ahead)
    if _draw.random() < 0.2:
        back = _draw.randint(0, 500)
    return _draw.choice(DAYS) - timedelta(days=back)


def _moment(day: date) -> datetime:
    zoned = datetime.combine(day, _draw.choice(TIMES), ZoneInfo(ZONE))
    return zoned.astimezone(UTC).replace(tzinfo=None)


def _expiry() -> datetime | None:
    """Never, on any edge, or at the very end of a day that is compared."""
    end = datetime.combine(_draw.choice(DAYS) + timedelta(days=1), time(0), ZoneInfo(ZONE))
    return _draw.choice((None, _moment(_day()), end.astimezone(UTC).replace(tzinfo=None)))


def _maybe(value: Any, share: float = 0.8) -> Any:
    return value if _draw.random() < share else None


def _money() -> Decimal:
    return Decimal(_draw.randint(1, 900_000)) / 100


def _currency() -> str | None:
    return _draw.choice(("EUR", "EUR", "usd", "USD", "GBP", None))


def _known(row: Row, born: datetime | date) -> Row:
    """When the row became known: at once, or late."""
    moment = born if isinstance(born, datetime) else datetime.combine(born, time(3))
    row["known_at"] = moment + timedelta(days=_draw.choice((0, 0, 0, 1, 40)), minutes=1)
    return row


def _own_contact(row: Row) -> Row:
    """The contact of a row is one of the account's own; the last account has none."""
    key, place = row.get("contact_key"), NAMES.index(row["account_id"])
    if key is not None:
        row["contact_key"] = key - key % 8 + place if place < 8 else None
    return row


def _many(key: str | None, count: int, make: Callable[[], Row]) -> list[Row]:
    rows = []
    seen = set()
    for number in range(count):
        made = make()
        others = NAMES if (key and key != "opportunity_id") or "dimension" in made else NAMES[:-1]
        row = {"account_id": _draw.choice(others), **made}
        if key:
            row[key] = f"{key}{number}"
        identity = tuple(row.get(c) for c in ("account_id", "kind", "dimension", "author_key", "occurred_at"))
        if key is None and identity in seen:
            continue
        seen.add(identity)
        rows.append(_own_contact(row))
    return rows


def _accounts() -> list[Row]:
    rows = []
    for account in ACCOUNTS:
        created = account["created_on"] or date(2024, 1, 1)
        assert isinstance(created, date)
        made = {"account_id": account["account_id"], "created_at": datetime.combine(created, time(12)),
                "employee_count": account["employee_count"], "industry": _maybe("retail", 0.5),
                "country": _maybe("DE", 0.5), "owner_key": _maybe(5, 0.5), "plan": _maybe("pro", 0.5)}
        rows.append({**made, "known_at": made["created_at"]})
        for end in DAYS[3:5]:
            for offset in (-366, -365, -364, -30):
                moment = _moment(end + timedelta(days=offset))
                if moment > made["created_at"] and _draw.random() < 0.5:
                    rows.append({**made, "employee_count": _draw.randint(0, 90), "effective_at": moment,
                                 "known_at": moment + timedelta(hours=1)})
    return rows


def _contacts() -> list[Row]:
    rows = []
    for key in range(1, 91):
        since = _moment(_day())
        left = _maybe(_moment(_day()), 0.35)
        row = {
            "contact_key": key, "account_id": NAMES[key % 8], "user_key": key, "email_key": _maybe(key, 0.8),
            "email_valid": _draw.choice((True, False, None)), "consent": _draw.choice((True, False, None)),
            "level": _draw.choice(("executive", "manager", "user", None)), "since": _maybe(since, 0.9), "left_at": left,
            "roles": _draw.choice((None, "", "champion", "sponsor|budget_holder", "champion|sponsor", "billing",
                                   "budget_holder", "decision_maker|champion")),
            "status": "left" if left else _draw.choice(("active", "active", "left", None)),
        }
        rows.append(_known(row, since))
    return rows


def _subscriptions() -> list[Row]:
    rows = []
    for number in range(70):
        start = _day() - timedelta(days=_draw.choice((0, 0, 365, 366)))
        ends = _maybe(start + timedelta(days=_draw.choice((89, 180, 364, 365, 400, 730))), 0.5)
        if _draw.random() < 0.3:
            ends = max(start, _day())
        row = {
            "subscription_id": f"s{number}", "account_id": _draw.choice(NAMES[:-1]), "starts_on": start,
            "ends_on": ends,
            "renews_on": _maybe(_day(120), 0.6), "notice_days": _maybe(_draw.choice((0, 1, 30, 60)), 0.7),
            "mrr": _maybe(_money(), 0.9), "list_mrr": _maybe(_money() + 3000, 0.6), "currency": _currency(),
            "seats": _maybe(_draw.randint(1, 40), 0.9), "term_months": _maybe(_draw.choice((1, 12, 24)), 0.5),
            "auto_renew": _maybe(_draw.random() < 0.5, 0.7),
            "status": _draw.choice((None, "active", "active", "trial", "cancelled", "ended", "paused")),
        }
        rows.append(_known(row, start))
        if _draw.random() < 0.3:
            changed = datetime.combine(_day(), time(4))
            if changed > row["known_at"]:
                rows.append({**row, "seats": _draw.randint(1, 60), "mrr": _money(), "known_at": changed,
                             "effective_at": _maybe(changed - timedelta(days=1), 0.5)})
    steady = {"subscription_id": "steady", "account_id": NAMES[-1], "starts_on": date(2023, 1, 1), "seats": 10}
    return [*rows, _known({**steady, "mrr": Decimal(10)}, date(2023, 1, 1))]


def _opportunity() -> Row:
    opened = _moment(_day())
    closed = _maybe(_moment(_day()), 0.6)
    return _known({"kind": _draw.choice(("expansion", "expansion", "renewal")), "amount": _maybe(_money(), 0.9),
                   "currency": _currency(), "opened_at": opened, "closed_at": closed,
                   "won": _maybe(_draw.random() < 0.5, 0.9)}, opened)


def _invoice() -> Row:
    due = _day()
    issued = due - timedelta(days=_draw.choice((0, 14, 30)))
    paid = _maybe(_draw.choice((due, due - timedelta(days=1), due + timedelta(days=1), _day())), 0.7)
    return _known({"issued_on": issued, "due_on": _maybe(due, 0.95), "paid_on": paid, "amount": _maybe(_money(), 0.95),
                   "currency": _currency(),
                   "status": _draw.choice((None, "paid", "paid", "open", "failed", "failed", "refunded", "void"))},
                  issued)


def _ticket() -> Row:
    opened = _moment(_day())
    reply = _maybe(opened + timedelta(seconds=_draw.choice((-5, 0, 1, 3_600, 86_399, 400_000))), 0.8)
    closed = _maybe(_moment(_day()) if _draw.random() < 0.7 else opened + timedelta(hours=30), 0.7)
    return _known({"opened_at": opened, "first_reply_at": reply, "closed_at": closed,
                   "priority": _draw.choice(("low", "normal", "high", "urgent", "urgent", None)),
                   "escalated": _draw.choice((True, False, None)), "reopened": _draw.choice((True, False, None)),
                   "csat": _maybe(Decimal(_draw.randint(1, 5)), 0.6),
                   "sentiment": _maybe(Decimal(_draw.randint(-100, 100)) / 100, 0.7)}, opened)


def _messages() -> list[Row]:
    rows: list[Row] = []
    for number in range(320):
        sent = _moment(_day())
        who = {"account_id": _draw.choice(NAMES[:-1]), "contact_key": _maybe(_draw.randint(1, 90), 0.8),
               "ticket_id": _maybe("t1", 0.15)}
        opened = _maybe(sent + timedelta(days=_draw.choice((0, 1, 3))), 0.5)
        ours = {**who, "message_id": f"m{number}", "sent_at": sent, "opened_at": opened,
                "direction": _draw.choice(("outbound", "outbound", "inbound")), "bulk": BULK[number % len(BULK)]}
        rows.append(_known(_own_contact(ours), sent))
        if ours["direction"] == "outbound" and _draw.random() < 0.5:
            gap = _draw.choice((timedelta(0), timedelta(hours=5), timedelta(days=14), timedelta(days=14, seconds=1)))
            answer = {**who, "message_id": f"n{number}", "sent_at": sent + gap, "direction": "inbound"}
            rows.append(_known(_own_contact(answer), sent + gap))
    return rows


def _survey() -> Row:
    asked = _moment(_day())
    answered = _maybe(_moment(_day()) if _draw.random() < 0.6 else asked + timedelta(hours=9), 0.7)
    kind = _draw.choice(("relationship_nps", "relationship_nps", "transactional_nps", "csat", "csat", "ces"))
    score = Decimal(_draw.randint(0, 10)) if kind.endswith("nps") else Decimal(_draw.randint(1, 5))
    return _known({"kind": kind, "asked_at": _maybe(asked, 0.95), "answered_at": answered,
                   "score": _maybe(score, 0.9)}, asked)


def _interaction() -> Row:
    booked, scheduled = _moment(_day()), _maybe(_moment(_day(90)), 0.9)
    status = _draw.choice(("held", "held", "cancelled", "no_show", "rescheduled", "offered", None))
    held = None
    if status == "held":
        held = _draw.choice((scheduled, _moment(_day())))
    return _known({
        "kind": _draw.choice((*MEETINGS, *MEETINGS, "email", "webinar", "training", "content", "community")),
        "contact_key": _maybe(_draw.randint(1, 90), 0.8),
        "purpose": _draw.choice(("renewal", "renewal", "check-in", None)),
        "booked_at": _maybe(booked, 0.8), "scheduled_at": scheduled, "held_at": held, "status": status,
        "replied_at": _maybe(_moment(_day()), 0.3)}, booked)


def _goal() -> Row:
    agreed = _day()
    return _known({"set_on": _maybe(agreed, 0.9), "due_on": _maybe(_day(), 0.8), "use_case": _maybe("hiring", 0.6),
                   "achieved_at": _maybe(_moment(_day()), 0.5)}, agreed)


def _outcome() -> Row:
    moment = _moment(_day())
    return _known({"kind": _draw.choice(("expansion", "contraction", "renewal")), "occurred_at": moment}, moment)


def _claim() -> Row:
    made = _day()
    return _known({"degree": _draw.choice((1, 2, 3, None)), "amount": _maybe(_money(), 0.9), "currency": _currency(),
                   "period": _draw.choice(("year", "quarter", "month", "once", "once", None)),
                   "claimed_on": _maybe(made, 0.9), "confirmed_at": _maybe(_moment(_day()), 0.7),
                   "expires_at": _expiry()}, made)


def _question() -> Row:
    asked = _moment(_day())
    return _known({"asked_at": asked, "answer": _draw.choice(("more", "about even", "less", "unknown", None))}, asked)


def _signal() -> Row:
    seen = _moment(_day())
    return _known({"kind": _draw.choice(("job change", "job change", "news")), "contact_key": _draw.randint(1, 90),
                   "observed_at": seen}, seen)


def _pulse() -> Row:
    at = _moment(_day())
    return _known({"dimension": _draw.choice(("sentiment", "brand", "reference", "influence", "product_fit")),
                   "author_key": _draw.randint(1, 12), "at": at, "rating": _maybe(Decimal(_draw.randint(0, 100)), 0.9),
                   "expires_at": _expiry()}, at)


def _rates() -> list[Row]:
    rows = [{"currency": "USD", "base": base, "date": day + timedelta(days=offset),
             "rate": 0.5 + 0.01 * number + (7 if base == "GBP" else 0)}
            for number, day in enumerate(DAYS) for offset in (-400, -1, 0, 1) for base in ("EUR", "GBP")]
    return [{**row, "known_at": datetime.combine(row["date"], time(1))} for row in rows]


def _past_midnight(day: date) -> datetime:
    """Half an hour into the next local day: still ``day`` for whoever counts days in UTC."""
    zoned = datetime.combine(day + timedelta(days=1), time(0, 30), ZoneInfo(ZONE))
    return zoned.astimezone(UTC).replace(tzinfo=None)


def _changed(rows: list[Row], key: str, changes: Callable[[Row], Row]) -> list[Row]:
    """A further version of the newest one of every key, from just past midnight of a compared day."""
    newest = {row[key]: row for row in rows}
    moments = [_past_midnight(day) for day in (DAYS[3], DAYS[5], DAYS[6])]
    return [
        {**row, **changes(row), "effective_at": moment, "known_at": moment, "row_hash": 100_000 + number}
        for number, row in enumerate(newest.values()) if (moment := moments[number % 3])
    ]


def _changed_accounts(rows: list[Row]) -> list[Row]:
    return _changed(rows, "account_id", lambda row: {
        "industry": None if row["industry"] else "retail", "employee_count": (row["employee_count"] or 0) + 50})


def _changed_contacts(rows: list[Row]) -> list[Row]:
    return _changed(rows, "contact_key", lambda row: {
        "email_valid": not row["email_valid"], "consent": True, "left_at": None, "status": "active",
        "roles": None if row["roles"] and "sponsor" in row["roles"] else "sponsor|champion"})


def _changed_subscriptions(rows: list[Row]) -> list[Row]:
    return _changed(rows, "subscription_id", lambda row: {
        "mrr": (row["mrr"] or Decimal(0)) / 2 + 1, "list_mrr": _money() + 9000, "seats": (row.get("seats") or 0) + 11,
        "status": "active", "ends_on": None, "renews_on": DAYS[6] + timedelta(days=77), "notice_days": 45,
        "auto_renew": not row.get("auto_renew"), "term_months": 36})


def _changed_invoices(rows: list[Row]) -> list[Row]:
    return _changed(rows, "invoice_id", lambda row: {
        "amount": (row["amount"] or Decimal(0)) + 500,
        "due_on": (row["due_on"] or row["issued_on"]) - timedelta(days=20),
        "status": "paid" if row["status"] in (None, "failed", "open") else "failed", "paid_on": row["issued_on"]})


def _changed_goals(rows: list[Row]) -> list[Row]:
    return _changed(rows, "goal_id", lambda row: {"due_on": date(2025, 9, 1), "achieved_at": None})


def _midnight_answers(rows: list[Row]) -> list[Row]:
    return [
        {"account_id": name, "response_id": f"midnight-{name}-{day}-{kind}", "kind": kind, "score": Decimal(score),
         "asked_at": _past_midnight(day), "answered_at": _past_midnight(day), "known_at": _past_midnight(day)}
        for name in NAMES[:4] for day in DAYS for kind, score in (("relationship_nps", 1), ("ces", 2))
    ]


def _midnight_meetings(rows: list[Row]) -> list[Row]:
    made = []
    for number, (name, day) in enumerate((name, day) for name in NAMES[:4] for day in DAYS):
        moment = _past_midnight(day)
        made += [
            {"account_id": name, "interaction_id": f"midnight-{number}-{kind}", "kind": kind, "status": status,
             "purpose": "renewal", "booked_at": moment, "scheduled_at": ahead, "known_at": moment,
             "held_at": moment if status == "held" else None}
            for kind, status, ahead in (("community", "held", moment), ("meeting", "cancelled", moment),
                                        ("review", None, moment + timedelta(days=30)))
        ]
    return made


def _midnight_outcomes(rows: list[Row]) -> list[Row]:
    return [{"account_id": name, "kind": kind, "occurred_at": _past_midnight(day), "known_at": _past_midnight(day)}
            for name in NAMES[:3] for day in DAYS for kind in ("expansion", "contraction")]


MIDNIGHT: dict[str, Callable[[list[Row]], list[Row]]] = {
    "account": _changed_accounts, "contact": _changed_contacts, "subscription": _changed_subscriptions,
    "invoice": _changed_invoices, "goal": _changed_goals, "survey_response": _midnight_answers,
    "interaction": _midnight_meetings, "outcome": _midnight_outcomes,
}
"""What changes or happens just past a local midnight, so that days counted in another zone are found out."""


def _ago(days: int) -> datetime:
    """Noon, so many days before one of the compared days."""
    return datetime.combine(DAYS[3] - timedelta(days=days), time(12))


def _held(number: int, kind: str, days: int, contact: int | None = None) -> Row:
    return {"account_id": "mike", "interaction_id": f"edge-{number}", "kind": kind, "status": "held",
            "contact_key": contact, "booked_at": _ago(days), "scheduled_at": _ago(days), "held_at": _ago(days),
            "known_at": _ago(days)}


EDGE: dict[str, list[Row]] = {
    "contact": [
        {"contact_key": 200 + number, "account_id": "mike", "level": level, "status": "active", "since": _ago(600),
         "known_at": _ago(600)} for number, level in enumerate(("executive", "manager", "user"))
    ] + [
        {"contact_key": 203, "account_id": "mike", "level": "manager", "status": "left", "since": _ago(600),
         "left_at": _ago(365), "known_at": _ago(600)},
        {"contact_key": 204, "account_id": "kilo", "user_key": 204, "roles": "sponsor", "status": "active",
         "since": _ago(600), "known_at": _ago(600)},
    ],
    "interaction": [
        {**_held(0, "review", 0), "account_id": "india", "purpose": "renewal", "status": None, "held_at": None,
         "booked_at": _past_midnight(DAYS[3]), "scheduled_at": _ago(-3)},
        _held(1, "community", 89), _held(2, "content", 89), _held(3, "call", 179, 200), _held(4, "call", 180, 201),
    ],
    "outcome": [
        {"account_id": "mike", "kind": "contraction", "occurred_at": _ago(364), "known_at": _ago(364)},
        {"account_id": "mike", "kind": "expansion", "occurred_at": _ago(10), "known_at": _ago(10)},
        {"account_id": "india", "kind": "contraction", "occurred_at": _past_midnight(DAYS[3]), "known_at": _ago(0)},
    ],
    "opportunity": [
        {"opportunity_id": "edge", "account_id": "kilo", "kind": "expansion", "won": True, "opened_at": _ago(400),
         "closed_at": _ago(365), "known_at": _ago(400)},
    ],
    "value_claim": [
        {"claim_id": "edge", "account_id": "mike", "degree": 2, "amount": Decimal(700), "period": "once",
         "claimed_on": _ago(365).date(), "confirmed_at": _ago(300), "known_at": _ago(365)},
        {"claim_id": "worth nothing", "account_id": "kilo", "degree": 2, "amount": Decimal(0), "period": "year",
         "claimed_on": _ago(20).date(), "confirmed_at": _ago(10), "known_at": _ago(20)},
    ],
}
"""One row on the very edge of a window, for accounts that have nothing else to hide it."""
