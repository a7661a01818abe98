"""What the records say of an account: the figures of the metrics, nothing of later days, and no text of anybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import holdfast
from holdfast.definitions.load import builtin
from holdfast.reports import records as words
from holdfast.workspace.account_records import COLUMNS, RECENT, account_records
from holdfast.workspace.day_inputs import day_inputs
from holdfast.workspace.timeline import timeline


@pytest.fixture(scope="module")
def site(small_company):
    return holdfast.open(small_company)


def records_on(site, day, rows):
    """The rows with their records as of a stored day."""
    accounts = [row["account_id"] for row in rows]
    with site.published.site.engine.scratch():
        found = account_records(site.published, day_inputs(site.published, day, "known"), accounts)
    return [{**row, "as_of": day.isoformat(), "records": found[row["account_id"]]} for row in rows]


@pytest.fixture(scope="module")
def documents(site):
    rows = site.accounts()
    return records_on(site, site.published.as_of, [rows[0], rows[-1]])


def test_records_agree_with_the_metrics(site, documents):
    metrics = {row["account_id"]: row for row in site.metrics().to_arrow().to_pylist()}
    for document in documents:
        mine, records = metrics[document["account_id"]], document["records"]
        assert records["tickets"]["open"] == mine["open_tickets"]
        running = [r for r in records["contracts"] if r["ends_on"] is None or r["ends_on"] >= document["as_of"]]
        assert sum(r["seats"] or 0 for r in running) == document["seats"]
        overdue = [row for row in words.tables(document)[1][2] if row[-1] == "overdue"]
        assert bool(overdue) == bool(mine["overdue_amount"])
        assert records["profile"]["industry"] == document["industry"]


def test_the_timeline_is_of_180_days_the_newest_first(site, documents):
    for document in documents:
        days = [item["day"] for item in document["records"]["timeline"]]
        first = (date.fromisoformat(document["as_of"]) - timedelta(days=RECENT)).isoformat()
        assert days
        assert days == sorted(days, reverse=True)
        assert first <= days[-1]
        assert days[0] <= document["as_of"]
        told = site.signals(document["account_id"], history=True)["findings"]
        opened = {(row["opened_on"], f"{row['label']} ({row['opened_severity']})") for row in told}
        shown = [(i["day"], i["what"]) for i in document["records"]["timeline"] if i["kind"] == "finding"]
        assert shown
        assert set(shown) <= opened


def test_a_past_day_shows_nothing_of_later(site):
    day = site.published.days[0]
    [document] = records_on(site, day, site.accounts()[:1])
    records = document["records"]
    assert max(item["day"] for item in records["timeline"]) <= day.isoformat()
    assert all(row["issued_on"] <= day.isoformat() for row in records["invoices"])


def test_no_text_and_no_person_is_among_the_columns():
    assert not [name for columns in COLUMNS.values() for name in columns if name.endswith("_key") or name == "name"]


def test_the_timeline_in_one_order():
    rows = {
        "ticket": [{"opened_at": "2026-03-01", "closed_at": None, "priority": None, "escalated": True,
                    "reopened": False}],
        "invoice": [{"issued_on": "2026-03-02", "paid_on": "2026-04-01", "amount": 1250.0, "currency": "EUR"}],
        "goal": None,
    }
    signal = {"signal": "usage_decline", "opened_on": date(2026, 3, 3), "cleared_on": date(2025, 3, 3),
              "opened_severity": "high"}
    found = timeline(rows, [signal], builtin(), "2026-03-01", "2026-03-31")
    assert [(i["day"], i["what"]) for i in found] == [
        ("2026-03-03", "Usage is falling (high)"), ("2026-03-02", "Issued, 1,250 EUR"),
        ("2026-03-01", "Opened, priority unknown, escalated"),
    ]


def test_what_nobody_records_is_said():
    bare = {"as_of": "2026-03-31", "currency": "EUR", "records": {
        "profile": {}, "contracts": None, "invoices": [], "tickets": None, "goals": None, "external": None,
        "timeline": [],
    }}
    contracts, invoices, tickets = words.tables(bare)
    assert contracts[3] == "No subscriptions are recorded in this workspace."
    assert invoices[3] == "No invoice was issued in 180 days."
    assert tickets[0] == "Tickets"
    assert tickets[3] == "No tickets are recorded in this workspace."
    assert words.goals(bare) is None
    assert words.outside(bare) is None
    assert words.profile(bare) == []
    assert words.tables({}) == []


def test_an_invoice_in_words():
    def told(**row):
        full = {"issued_on": "2026-03-01", "amount": 10.0, "currency": "EUR", "due_on": "2026-03-20",
                "paid_on": None, "status": None, **row}
        records = {"contracts": [], "invoices": [full], "tickets": None}
        return words.tables({"as_of": "2026-03-31", "records": records})[1][2][0][-1]

    assert told() == "overdue"
    assert told(due_on="2026-04-20") == "open"
    assert told(due_on=None) == "unknown"
    assert told(paid_on="2026-03-05", status="paid") == "paid 5 Mar"
    assert told(status="failed") == "failed"
