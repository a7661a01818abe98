"""What happened at an account lately, in one list: findings, tickets, meetings, invoices, surveys, goals, outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from holdfast.definitions.bundle import Definitions

Rows = list[dict[str, Any]]
Item = dict[str, str]
MOST = 40
"""Items that are shown, the newest first."""


def timeline(
    records: Mapping[str, Rows | None], findings: Rows, definitions: Definitions, since: str, day: str
) -> list[Item]:
    """Items ``day``, ``kind`` and ``what`` between two days; ``findings`` are the account's so far."""
    items = [*_records(records), *_findings(findings, definitions)]
    inside = [item for item in items if item["day"] and since <= item["day"] <= day]
    return sorted(inside, key=lambda item: (item["day"], item["kind"], item["what"]), reverse=True)[:MOST]


def _findings(findings: Rows, definitions: Definitions) -> Iterator[Item]:
    for row in findings:
        one = definitions.signals.get(row["signal"])
        label = one.label if one else row["signal"].replace("_", " ")
        yield {"day": row["opened_on"].isoformat(), "kind": "finding", "what": f"{label} ({row['opened_severity']})"}
        if row["cleared_on"] is not None:
            yield {"day": row["cleared_on"].isoformat(), "kind": "cleared", "what": label}


def _records(records: Mapping[str, Rows | None]) -> Iterator[Item]:
    for record, tell in _TELLERS.items():
        for row in records.get(record) or []:
            yield from tell(row)


def _ticket(row: Mapping[str, Any]) -> Iterator[Item]:
    extra = ", escalated" if row["escalated"] else ""
    yield _item(row["opened_at"], "ticket", f"Opened, priority {row['priority'] or 'unknown'}{extra}")
    again = ", reopened before" if row["reopened"] else ""
    yield _item(row["closed_at"], "ticket", f"Closed, priority {row['priority'] or 'unknown'}{again}")


def _interaction(row: Mapping[str, Any]) -> Iterator[Item]:
    about = f", {row['purpose'].replace('_', ' ')}" if row["purpose"] else ""
    what = f"{(row['kind'] or 'contact').replace('_', ' ').capitalize()}{about}"
    if row["held_at"]:
        yield _item(row["held_at"], "contact", what)
    elif row["status"] in ("cancelled", "missed", "no_show"):
        yield _item(row["scheduled_at"], "contact", f"{what}, {row['status'].replace('_', ' ')}")


def _invoice(row: Mapping[str, Any]) -> Iterator[Item]:
    sum_of = f"{row['amount']:,.0f} {row['currency'] or ''}".strip() if row["amount"] is not None else "amount unknown"
    yield _item(row["issued_on"], "invoice", f"Issued, {sum_of}")
    yield _item(row["paid_on"], "invoice", f"Paid, {sum_of}")


def _survey(row: Mapping[str, Any]) -> Iterator[Item]:
    if row["answered_at"] and row["score"] is not None:
        yield _item(row["answered_at"], "survey", f"{(row['kind'] or 'survey').upper()} {row['score']:g}")


def _goal(row: Mapping[str, Any]) -> Iterator[Item]:
    name = row["objective"] or row["use_case"] or "a goal"
    yield _item(row["set_on"], "goal", f"Set: {name}")
    yield _item(row["achieved_at"], "goal", f"Achieved: {name}")


def _outcome(row: Mapping[str, Any]) -> Iterator[Item]:
    why = f", {row['reason'].replace('_', ' ')}" if row["reason"] else ""
    yield _item(row["occurred_at"], "outcome", f"{(row['kind'] or 'outcome').replace('_', ' ').capitalize()}{why}")


def _external(row: Mapping[str, Any]) -> Iterator[Item]:
    yield _item(row["observed_at"], "news", (row["kind"] or "unknown").replace("_", " ").capitalize())


def _contract(row: Mapping[str, Any]) -> Iterator[Item]:
    name = row["product"] or row["plan"] or "subscription"
    yield _item(row["starts_on"], "contract", f"Began: {name}")
    yield _item(row["ends_on"], "contract", f"Ended: {name}")


def _item(day: str | None, kind: str, what: str) -> Item:
    return {"day": day or "", "kind": kind, "what": what}


_TELLERS = {
    "ticket": _ticket, "interaction": _interaction, "invoice": _invoice, "survey_response": _survey, "goal": _goal,
    "outcome": _outcome, "external_signal": _external, "subscription": _contract,
}
