"""Faults that the records show by themselves: repeated ids, unused scales, missing users, doubles, swapped dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfast.lake import PERSONS, VAULT
from holdfast.records import RECORDS, Column, RecordType

from .content_hash import quoted
from .current_rows import CurrentRows
from .finding_of_data import EXAMPLES, DataFinding
from .look_alikes import look_alikes

MOST_IDS = 20_000_000
"""with more rows, repeated ids are looked for by `holdfast doctor --ids` only"""
_SCALE = re.compile(r"points of (\d+)")
_MOST_POINTS = 10
_ENOUGH = 30
_ADDRESS = r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s.,;<>]{2,}$"
_IN_ORDER = (
    ("subscription", "starts_on", "ends_on"), ("ticket", "opened_at", "closed_at"),
    ("ticket", "opened_at", "first_reply_at"), ("invoice", "issued_on", "paid_on"),
    ("survey_response", "asked_at", "answered_at"), ("opportunity", "opened_at", "closed_at"),
    ("account", "created_at", "launched_at"),
)


def faults(rows: CurrentRows, notes: dict[str, int]) -> list[DataFinding]:
    """All faults, without those that never happen. ``notes`` counts what was put right while reading."""
    found = [
        *_ids_on_other_days(rows), *_unused_scales(rows), *_without_user(rows), *_contacts(rows),
        *_out_of_order(rows), *_names(rows), *_negative(rows), *_notes(notes),
    ]
    return [f for f in found if f.count]


def ids_on_other_days(rows: CurrentRows, record: RecordType) -> DataFinding:
    """Ids of an append type that stand on several days; the row of each day counts."""
    key, day = quoted(record.stored_key[0]), quoted(record.dated_by[0])
    repeated = f"repeated_{record.name}"
    rows.con.execute(
        f"CREATE OR REPLACE TEMP TABLE {repeated} AS SELECT {key} AS id FROM now_{record.name} "
        f"GROUP BY source, {key} HAVING min({day}::DATE) < max({day}::DATE)"
    )
    count = rows.one(f"SELECT count(*) FROM {repeated}")
    examples = rows.texts(f"SELECT id FROM {repeated} ORDER BY id LIMIT {EXAMPLES}")
    rows.con.execute(f"DROP TABLE {repeated}")
    return DataFinding(
        f"{record.name}_ids_on_other_days", f"{record.name} ids that come again on another day with another row",
        record.name, count, rows.counts[record.name], examples, "uniqueness",
    )


def _ids_on_other_days(rows: CurrentRows) -> Iterator[DataFinding]:
    for record in RECORDS.values():
        if record.append and 0 < rows.counts[record.name] <= MOST_IDS:
            yield ids_on_other_days(rows, record)


def _unused_scales(rows: CurrentRows) -> Iterator[DataFinding]:
    """Scales of which some points are never used: the answers were filtered, or the scale is another."""
    for record in RECORDS.values():
        for column in record.columns:
            match = _SCALE.fullmatch(column.unit or "")
            if match and int(match[1]) <= _MOST_POINTS and rows.loaded(record.name):
                yield from _unused(rows, record, column, int(match[1]))


def _unused(rows: CurrentRows, record: RecordType, column: Column, top: int) -> Iterator[DataFinding]:
    name = quoted(column.stored_name)
    used = [int(v) for v in rows.texts(
        f"SELECT DISTINCT round({name})::BIGINT AS v FROM now_{record.name} WHERE {name} IS NOT NULL ORDER BY v")]
    filled = rows.one(f"SELECT count({name}) FROM now_{record.name}")
    unused = [point for point in range(1, top + 1) if point not in used]
    if filled < _ENOUGH or not unused:
        return
    listed = ", ".join(map(str, used))
    yield DataFinding(
        f"{record.name}.{column.name}_part_of_scale",
        f"{record.name}.{column.name} is only ever {listed} on a scale of 1 to {top}", record.name,
        len(unused), top, [f"never {point}" for point in unused], "accuracy",
    )


def _without_user(rows: CurrentRows) -> Iterator[DataFinding]:
    yield DataFinding(
        "events_without_user", "events without a user id; metrics about users leave them out", "event",
        rows.one("SELECT count(*) FROM now_event WHERE user_key IS NULL AND coalesce(channel, 'person') = 'person'"),
        rows.counts["event"], (), "completeness",
    )


def _contacts(rows: CurrentRows) -> Iterator[DataFinding]:
    if not rows.loaded("contact"):
        return
    persons = rows.there.relation(PERSONS, VAULT)
    rows.con.execute(
        "CREATE OR REPLACE TEMP TABLE addresses AS SELECT c.contact_key, c.account_id, lower(trim(p.value)) AS address "
        f"FROM now_contact c JOIN ({persons}) p ON p.key = c.email_key"
    )
    of = rows.counts["contact"]
    double = "SELECT account_id, address FROM addresses GROUP BY ALL HAVING count(DISTINCT contact_key) > 1"
    yield DataFinding(
        "duplicate_contacts", "contacts that share an e-mail address with another contact of the account", "contact",
        rows.one(f"SELECT count(*) FROM addresses SEMI JOIN ({double}) USING (account_id, address)"), of,
        rows.texts(f"SELECT DISTINCT account_id FROM ({double}) ORDER BY 1 LIMIT {EXAMPLES}"), "uniqueness",
    )
    bad = f"FROM addresses WHERE NOT regexp_matches(address, '{_ADDRESS}')"
    yield DataFinding(
        "invalid_emails", "contacts whose e-mail is not an address", "contact", rows.one(f"SELECT count(*) {bad}"), of,
        rows.texts(f"SELECT DISTINCT account_id {bad} ORDER BY 1 LIMIT {EXAMPLES}"), "accuracy",
    )
    rows.con.execute("DROP TABLE addresses")


def _out_of_order(rows: CurrentRows) -> Iterator[DataFinding]:
    for name, first, second in _IN_ORDER:
        if rows.loaded(name):
            found = f"FROM now_{name} WHERE {second}::TIMESTAMP < {first}::TIMESTAMP"
            key = quoted(RECORDS[name].stored_key[0])
            yield DataFinding(
                f"{name}.{second}_before_{first}", f"{name}s with {second} before {first}", name,
                rows.one(f"SELECT count(*) {found}"), rows.counts[name],
                rows.texts(f"SELECT {key}::VARCHAR AS e {found} ORDER BY e LIMIT {EXAMPLES}"), "accuracy",
            )


def _names(rows: CurrentRows) -> Iterator[DataFinding]:
    accounts = rows.con.execute(
        "SELECT account_id, name FROM now_account WHERE name IS NOT NULL ORDER BY account_id").fetchall()
    pairs = look_alikes(accounts)
    yield DataFinding(
        "look_alike_accounts", "pairs of accounts with nearly the same name", "account", len(pairs),
        rows.counts["account"], [f"{a} and {b}" for a, b in pairs[:EXAMPLES]], "uniqueness",
    )


def _negative(rows: CurrentRows) -> Iterator[DataFinding]:
    yield DataFinding(
        "negative_mrr", "contracts with a negative price", "subscription",
        rows.one("SELECT count(*) FROM now_subscription WHERE mrr < 0"), rows.counts["subscription"],
        rows.texts(f"SELECT subscription_id FROM now_subscription WHERE mrr < 0 ORDER BY 1 LIMIT {EXAMPLES}"),
        "accuracy",
    )


def _notes(notes: dict[str, int]) -> Iterator[DataFinding]:
    words = {
        "clock_corrected": "events whose device clock was wrong and whose time was corrected",
        "clock_ahead": "rows that are up to a day ahead of the clock",
    }
    for name, count in sorted(notes.items()):
        what = words.get(name, name.replace("_", " "))
        yield DataFinding(name, what, "event", count, count, (), "accuracy")
