"""What the records say of accounts on a day: contracts, invoices, tickets, goals, external signals, and a timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.lake import Clock, Snapshot
from holdfast.lake.one_account import of_accounts

from .day_inputs import DayInputs
from .published import Published
from .timeline import timeline

Rows = list[dict[str, Any]]
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "account": ("industry", "sub_industry", "country", "region", "employee_count", "revenue", "founded",
                "funding_stage", "growth_stage", "plan", "website"),
    "subscription": ("product", "plan", "starts_on", "ends_on", "renews_on", "notice_days", "mrr", "currency", "seats",
                     "auto_renew", "status"),
    "invoice": ("issued_on", "due_on", "paid_on", "amount", "currency", "status"),
    "ticket": ("opened_at", "closed_at", "priority", "escalated", "reopened", "csat"),
    "interaction": ("kind", "purpose", "held_at", "scheduled_at", "status"),
    "goal": ("objective", "use_case", "target", "unit", "set_on", "due_on", "achieved_at"),
    "outcome": ("kind", "occurred_at", "amount", "reason"),
    "external_signal": ("kind", "observed_at"),
    "survey_response": ("kind", "answered_at", "score"),
}
"""Record -> what is shown of it. No texts and no people: these stand in the vault."""
SHOWN = {"invoice": 8, "ticket": 8, "external_signal": 8}
RECENT = 180
"""Days back that invoices, closed tickets and external signals reach."""


def account_records(published: Published, inputs: DayInputs, accounts: Sequence[str]) -> dict[str, dict[str, Any]]:
    """By account its records as of the day; a record that is not recorded here at all is None, not empty."""
    snapshot = published.site.snapshot(published.versions)
    believed = inputs.clock == "believed"
    found = _rows(snapshot.cut(inputs.day) if believed else snapshot, published.loaded, inputs, accounts)
    return {account: _of_account(published, inputs, account, found) for account in accounts}


def _rows(
    snapshot: Snapshot, loaded: frozenset[str], inputs: DayInputs, accounts: Sequence[str]
) -> dict[str, dict[str, Rows] | None]:
    """Record -> account -> rows with local days; None for a record that is not recorded here."""
    zone = ZoneInfo(snapshot.zone)
    clock: Clock = "believed" if inputs.clock == "believed" else "known"
    own = Snapshot(
        snapshot.engine, lambda name: of_accounts(snapshot.rows(name), accounts, snapshot.engine), snapshot.zone,
        snapshot.masters)
    days = own.days([inputs.day])
    found: dict[str, dict[str, Rows] | None] = {}
    for record, columns in COLUMNS.items():
        found[record] = None
        if record in loaded:
            table = own.as_of(record, days, clock)
            rows: dict[str, Rows] = defaultdict(list)
            for row in snapshot.engine.arrow(table.select("account_id", *columns)).to_pylist():
                rows[row.pop("account_id")].append({name: _plain(value, zone) for name, value in row.items()})
            found[record] = rows
    return found


def _of_account(
    published: Published, inputs: DayInputs, account: str, found: Mapping[str, dict[str, Rows] | None]
) -> dict[str, Any]:
    day = inputs.day.isoformat()
    since = (inputs.day - timedelta(days=RECENT)).isoformat()
    mine = {record: None if rows is None else rows.get(account, []) for record, rows in found.items()}
    findings = [row for row in published.read("signals", account_id=account).to_pylist()
                if row["opened_on"] <= inputs.day]
    return {
        "profile": (mine["account"] or [{}])[0],
        "contracts": _newest(mine["subscription"], "starts_on", "", day),
        "invoices": _newest(mine["invoice"], "issued_on", since, day, SHOWN["invoice"]),
        "tickets": _tickets(mine["ticket"], since, day),
        "goals": _newest(mine["goal"], "due_on", "", None),
        "external": _newest(mine["external_signal"], "observed_at", since, day, SHOWN["external_signal"]),
        "timeline": timeline(mine, findings, inputs.definitions, since, day),
    }


def _newest(rows: Rows | None, by: str, first: str, last: str | None, most: int | None = None) -> Rows | None:
    if rows is None:
        return None
    kept = [row for row in rows if first <= (row[by] or "") and (last is None or (row[by] or "") <= last)]
    return sorted(kept, key=lambda row: row[by] or "", reverse=True)[:most]


def _tickets(rows: Rows | None, since: str, day: str) -> dict[str, Any] | None:
    """Those that are open, however old, then the newest that were closed lately."""
    if rows is None:
        return None
    known = [row for row in rows if (row["opened_at"] or "") <= day]
    still = [row for row in known if row["closed_at"] is None or row["closed_at"] > day]
    closed = [row for row in known if row["closed_at"] is not None and since <= row["closed_at"] <= day]
    shown = sorted(still, key=lambda r: r["opened_at"] or "") + sorted(
        closed, key=lambda r: r["closed_at"], reverse=True)
    return {"open": len(still), "closed_recently": len(closed), "rows": shown[: SHOWN["ticket"]]}


def _plain(value: Any, zone: ZoneInfo) -> Any:
    """JSON has no days and no exact numbers: moments become days of the workspace's calendar."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).astimezone(zone).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
