"""The records of an account in words: timeline, contracts, invoices, tickets, goals, profile, news from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.charts.number import number

from .words import day_short, measure, money, name_words, plural

Rows = Sequence[Mapping[str, Any]]
Table = tuple[str, list[str], list[list[str]], str]
"""Title, columns, rows, and what is said where there are none."""
UNKNOWN = "unknown"
_PROFILE = (("industry", "Industry"), ("sub_industry", "Trade"), ("country", "Country"), ("region", "Region"),
            ("employee_count", "Employees"), ("revenue", "Yearly revenue"), ("founded", "Founded"),
            ("funding_stage", "Funding"), ("growth_stage", "Growth"), ("plan", "Plan"), ("website", "Website"))
KINDS: Mapping[str, str] = {"cleared": "finding over", "news": "from outside"}


def items(document: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Day, kind and what happened, the newest first."""
    found = (document.get("records") or {}).get("timeline") or []
    return [(_day(one["day"], document), KINDS.get(one["kind"], one["kind"]), one["what"]) for one in found]


def profile(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is known of the company; empty where nothing is."""
    found = (document.get("records") or {}).get("profile") or {}
    return [(words, _fact(name, found[name], document)) for name, words in _PROFILE if found.get(name) is not None]


def tables(document: Mapping[str, Any]) -> list[Table]:
    """Contracts, invoices and tickets; a record that nobody recorded says so."""
    found = document.get("records")
    if not found:
        return []
    return [_contracts(found["contracts"], document), _invoices(found["invoices"], document),
            _tickets(found["tickets"], document)]


def goals(document: Mapping[str, Any]) -> list[tuple[str, str, str]] | None:
    """Goal, its target, and where it stands; None where goals are not recorded."""
    found = (document.get("records") or {}).get("goals")
    return None if found is None else [_goal(one, document) for one in found]


def outside(document: Mapping[str, Any]) -> list[tuple[str, str]] | None:
    """Kind and day of signals from outside; None where they are not recorded."""
    found = (document.get("records") or {}).get("external")
    if found is None:
        return None
    return [(name_words(one["kind"] or UNKNOWN), _day(one["observed_at"], document)) for one in found]


def _fact(name: str, value: Any, document: Mapping[str, Any]) -> str:
    if name == "revenue":
        return money(value, document.get("currency"))
    return str(value) if name == "founded" else number(value) if isinstance(value, (int, float)) else str(value)


def _goal(one: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[str, str, str]:
    target = "no target recorded" if one["target"] is None else f"target {number(one['target'])} {one['unit'] or ''}"
    day = document.get("as_of") or ""
    if one["achieved_at"]:
        state = f"achieved {_day(one['achieved_at'], document)}"
    elif one["due_on"] is None:
        state = "no day recorded"
    else:
        state = f"{'overdue since' if one['due_on'] < day else 'due'} {_day(one['due_on'], document)}"
    return str(one["objective"] or one["use_case"] or "Goal without a name"), target.strip(), state


def _contracts(rows: Rows | None, document: Mapping[str, Any]) -> Table:
    made = [
        [str(r["product"] or r["plan"] or UNKNOWN), _or(r["mrr"], lambda v, c=r["currency"]: money(v, c)),
         _or(r["seats"], number), _day(r["starts_on"], document), _day(r["ends_on"] or r["renews_on"], document),
         str(r["status"] or UNKNOWN).replace("_", " ")]
        for r in rows or []
    ]
    return ("Contracts", ["Product", "A month", "Seats", "From", "Ends or renews", "State"], made,
            _none(rows, "subscriptions", "No subscription is recorded for this account."))


def _invoices(rows: Rows | None, document: Mapping[str, Any]) -> Table:
    made = [
        [_day(r["issued_on"], document), _or(r["amount"], lambda v, c=r["currency"]: money(v, c)),
         _day(r["due_on"], document), _paid(r, document)]
        for r in rows or []
    ]
    return ("Invoices of 180 days", ["Issued", "Amount", "Due", "State"], made,
            _none(rows, "invoices", "No invoice was issued in 180 days."))


def _paid(row: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    day = document.get("as_of") or ""
    if row["paid_on"] and row["paid_on"] <= day:
        return f"paid {_day(row['paid_on'], document)}"
    if row["status"] and row["status"] != "paid":
        return str(row["status"]).replace("_", " ")
    if row["due_on"] is None:
        return UNKNOWN
    return "overdue" if row["due_on"] < day else "open"


def _tickets(found: Mapping[str, Any] | None, document: Mapping[str, Any]) -> Table:
    head = "Tickets" if found is None else (
        f"Tickets: {found['open']} open, {plural(found['closed_recently'], 'closed', 'closed')} in 180 days")
    day = document.get("as_of") or ""
    made = [
        [_day(r["opened_at"], document), str(r["priority"] or UNKNOWN),
         f"closed {_day(r['closed_at'], document)}" if r["closed_at"] and r["closed_at"] <= day else "open",
         ", ".join(word for word in ("escalated", "reopened") if r[word]) or "–", _or(r["csat"], measure)]
        for r in (found["rows"] if found else [])
    ]
    return (head, ["Opened", "Priority", "State", "Marks", "Rating"], made,
            _none(found, "tickets", "No ticket is open, and none was closed in 180 days."))


def _none(found: object, what: str, words: str) -> str:
    return f"No {what} are recorded in this workspace." if found is None else words


def _or(value: Any, words: Any) -> str:
    return UNKNOWN if value is None else str(words(value))


def _day(day: str | None, document: Mapping[str, Any]) -> str:
    return day_short(day, document.get("as_of")) if day else UNKNOWN
