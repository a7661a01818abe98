"""Where records contradict each other: two sources about one thing, or two kinds of record about one account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from holdfast.records import RECORDS, RecordType

from .content_hash import quoted
from .current_rows import CurrentRows
from .finding_of_data import EXAMPLES, DataFinding

_AGAINST_SIGN_UP = {
    "ticket": "opened_at", "event": "occurred_at", "subscription": "starts_on", "outcome": "occurred_at",
    "invoice": "issued_on", "message": "sent_at",
}


def conflicts(rows: CurrentRows, masters: Mapping[str, str], as_of: date) -> list[DataFinding]:
    """All comparisons that the records themselves allow, also those without a conflict (``count`` 0)."""
    return [
        *_between_sources(rows, masters), *_lifecycle(rows), *_contract(rows, as_of), *_events_and_contract(rows),
        *_before_sign_up(rows),
    ]


def _between_sources(rows: CurrentRows, masters: Mapping[str, str]) -> Iterator[DataFinding]:
    for record in RECORDS.values():
        if record.append or rows.one(f"SELECT count(DISTINCT source) FROM each_{record.name}") < 2:
            continue
        key = ", ".join(quoted(k) for k in record.stored_key)
        both = f"SELECT {key} FROM each_{record.name} GROUP BY {key} HAVING count(DISTINCT source) > 1"
        shared = rows.one(f"SELECT count(*) FROM ({both})")
        for column in record.columns:
            if column.name not in record.key:
                yield _column(rows, record, column.stored_name, column.name, shared, masters)


def _column(
    rows: CurrentRows, record: RecordType, stored: str, name: str, shared: int, masters: Mapping[str, str]
) -> DataFinding:
    key = ", ".join(quoted(k) for k in record.stored_key)
    differ = (
        f"SELECT {key} FROM each_{record.name} GROUP BY {key} HAVING count(DISTINCT {quoted(stored)}) > 1"
    )
    master = masters.get(f"{record.name}.{name}") or masters.get(record.name)
    taken = f"{master} is the master" if master else "the first source by name counts; masters: can name another"
    return DataFinding(
        f"{record.name}.{name}", f"{record.name}: the sources differ in {name}; {taken}", record.name,
        rows.one(f"SELECT count(*) FROM ({differ})"), shared, _examples(rows, record, differ),
    )


def _examples(rows: CurrentRows, record: RecordType, query: str) -> list[str]:
    if any(record.column(k).personal for k in record.key):
        return []
    parts = ", ".join(f"{quoted(k)}::VARCHAR" for k in record.stored_key)
    return rows.texts(f"SELECT concat_ws(' ', {parts}) AS e FROM ({query}) ORDER BY e LIMIT {EXAMPLES}")


def _lifecycle(rows: CurrentRows) -> Iterator[DataFinding]:
    """What the source of accounts says about churn against the recorded outcomes."""
    states = rows.one("SELECT count(*) FROM now_account WHERE lifecycle = 'churned'")
    if not states or not rows.loaded("outcome"):
        return
    accounts = rows.counts["account"]
    churns = "SELECT account_id FROM now_outcome WHERE kind = 'churn'"
    flag, event = "coalesce(lifecycle = 'churned', false)", f"account_id IN ({churns})"
    cases = (
        ("churned_flag_against_outcomes", "accounts whose churned flag and churn outcomes disagree",
         f"{flag} <> ({event})"),
        ("churned_flag_without_outcome", "accounts that are flagged as churned and have no churn outcome",
         f"{flag} AND NOT ({event})"),
        ("churn_outcome_without_flag", "accounts with a churn outcome that are not flagged as churned",
         f"NOT {flag} AND {event}"),
        ("accounts_with_churn_outcome", "accounts with at least one churn outcome", event),
    )
    for id_, what, when in cases:
        yield _accounts(rows, id_, what, when, accounts)
    yield DataFinding(
        "reactivations_among_outcomes", "churns that are also recorded as a reactivation or follow one", "outcome",
        rows.one("SELECT count(*) FROM now_outcome WHERE kind = 'reactivation'"),
        rows.one("SELECT count(*) FROM now_outcome WHERE kind = 'churn'"),
    )


def _contract(rows: CurrentRows, as_of: date) -> Iterator[DataFinding]:
    if not rows.loaded("account", "subscription"):
        return
    day = f"DATE '{as_of.isoformat()}'"
    running = (
        f"SELECT account_id FROM now_subscription WHERE starts_on <= {day} AND coalesce(ends_on >= {day}, true) "
        "AND coalesce(status NOT IN ('ended', 'cancelled'), true)"
    )
    flagged = rows.one("SELECT count(*) FROM now_account WHERE lifecycle = 'churned'")
    yield _accounts(
        rows, "churned_flag_with_running_contract", "accounts flagged as churned whose contract still runs",
        f"lifecycle = 'churned' AND account_id IN ({running})", flagged,
    )


def _accounts(rows: CurrentRows, id_: str, what: str, when: str, of: int) -> DataFinding:
    chosen = f"SELECT account_id FROM now_account WHERE {when}"
    return DataFinding(
        id_, what, "account", rows.one(f"SELECT count(*) FROM ({chosen})"), of,
        rows.texts(f"{chosen} ORDER BY account_id LIMIT {EXAMPLES}"),
    )


def _events_and_contract(rows: CurrentRows) -> Iterator[DataFinding]:
    if not rows.loaded("event", "subscription"):
        return
    joined = "now_event e JOIN now_subscription s ON e.subscription_id = s.subscription_id"
    of = rows.one(f"SELECT count(*) FROM {joined}")
    for id_, what, when in (
        ("events_before_subscription", "events before their subscription starts", "e.occurred_at::DATE < s.starts_on"),
        ("events_after_subscription", "events after their subscription ended", "e.occurred_at::DATE > s.ends_on"),
    ):
        found = f"FROM {joined} WHERE {when}"
        count = rows.one(f"SELECT count(*) {found}")
        first = f"SELECT min(e.event_id) {found} HAVING count(*) > 0"
        yield DataFinding(id_, what, "event", count, of, rows.texts(first))


def _before_sign_up(rows: CurrentRows) -> Iterator[DataFinding]:
    if not rows.loaded("account"):
        return
    for record, column in _AGAINST_SIGN_UP.items():
        if not rows.loaded(record):
            continue
        of = rows.one(f"SELECT count(*) FROM now_{record} r JOIN now_account a USING (account_id) "
                      f"WHERE a.created_at IS NOT NULL AND r.{column} IS NOT NULL")
        found = (
            f"FROM now_{record} r JOIN now_account a USING (account_id) "
            f"WHERE r.{column}::DATE < a.created_at::DATE"
        )
        key = quoted(RECORDS[record].stored_key[0])
        yield DataFinding(
            f"{record}s_before_sign_up", f"{record}s from before their account signed up", record,
            rows.one(f"SELECT count(*) {found}"), of,
            rows.texts(f"SELECT r.{key}::VARCHAR AS e {found} ORDER BY e LIMIT {EXAMPLES}"),
        )
