"""What is missing about accounts and their people: how old use is, who has no champion, which profiles are stale."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from .content_hash import text_literal
from .current_rows import CurrentRows
from .finding_of_data import DataFinding

STALE = 365
"""Days after which the profile of somebody who is still there counts as stale."""
_CONTACTS = (("invalid_emails", "contacts whose e-mail is not an address"),
             ("duplicate_contacts", "contacts that share an e-mail address with another contact of the account"))
_AGES = (("use_up_to_7_days", "accounts whose newest row of use is up to 7 days old", "age BETWEEN 0 AND 7"),
         ("use_8_to_30_days", "accounts whose newest row of use is 8 to 30 days old", "age BETWEEN 8 AND 30"),
         ("use_over_30_days", "accounts whose newest row of use is over 30 days old", "age > 30"),
         ("use_never", "accounts without any row of use", "age IS NULL"))


def gaps(rows: CurrentRows, faults: Iterable[DataFinding], as_of: date) -> list[dict[str, Any]]:
    """Counts with their base, ``count`` of ``of``; None where no row tells. Days are counted in UTC up to ``as_of``."""
    return [*_use(rows, as_of), *_champions(rows, as_of), *_contacts(rows, faults), *_stale(rows, as_of)]


def _use(rows: CurrentRows, as_of: date) -> list[dict[str, Any]]:
    accounts, day = rows.counts["account"], text_literal(as_of.isoformat())
    if not rows.loaded("account", "event"):
        return [_gap(name, what, None, accounts) for name, what, _ in _AGES]
    counts = ", ".join(f"count(*) FILTER ({of_age})" for _, _, of_age in _AGES)
    found = rows.con.execute(
        f"SELECT {counts} FROM now_account LEFT JOIN (SELECT account_id, date_diff('day', max(occurred_at)::DATE, "
        f"DATE {day}) AS age FROM now_event WHERE occurred_at::DATE <= DATE {day} GROUP BY account_id) "
        "USING (account_id)"
    ).fetchall()[0]
    return [_gap(name, what, int(count), accounts) for (name, what, _), count in zip(_AGES, found, strict=True)]


def _champions(rows: CurrentRows, as_of: date) -> list[dict[str, Any]]:
    count = None
    if rows.loaded("account", "contact") and rows.one("SELECT count(roles) FROM now_contact"):
        count = rows.one(
            "SELECT count(*) FROM now_account ANTI JOIN (SELECT account_id FROM now_contact WHERE "
            f"list_contains(string_split(roles, '|'), 'champion') AND {_there(as_of)}) USING (account_id)")
    return [_gap("without_champion", "accounts without a champion who is still there", count, rows.counts["account"])]


def _contacts(rows: CurrentRows, faults: Iterable[DataFinding]) -> list[dict[str, Any]]:
    counted, of = {fault.id: fault.count for fault in faults}, rows.counts["contact"]
    with_address = of and rows.one("SELECT count(email_key) FROM now_contact")
    return [_gap(name, what, counted.get(name, 0) if with_address else None, of) for name, what in _CONTACTS]


def _stale(rows: CurrentRows, as_of: date) -> list[dict[str, Any]]:
    newest = (
        "SELECT contact_key, max(effective_at) AS changed FROM each_contact "
        f"WHERE {_there(as_of)} GROUP BY contact_key HAVING max(effective_at) IS NOT NULL"
    )
    of = rows.one(f"SELECT count(*) FROM ({newest})") if rows.loaded("contact") else 0
    old = f"date_diff('day', changed::DATE, DATE {text_literal(as_of.isoformat())}) > {STALE}"
    count = rows.one(f"SELECT count(*) FROM ({newest}) WHERE {old}") if of else None
    what = f"contacts still there whose profile did not change for over {STALE} days, of those with a date of change"
    return [_gap("stale_profiles", what, count, of)]


def _there(as_of: date) -> str:
    day = text_literal(as_of.isoformat())
    return f"(left_at IS NULL OR left_at::DATE > DATE {day}) AND coalesce(status, 'active') <> 'left'"


def _gap(name: str, what: str, count: int | None, of: int) -> dict[str, Any]:
    return {"id": name, "what": what, "count": count, "of": of}
