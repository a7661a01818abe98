"""The quality document names what is wrong with the records, with counts that were planted."""

from datetime import date

import pytest

from holdfast.ingest.quality import quality_document

from .conftest import ACCOUNTS

SETTINGS = """
company: Test
currency: EUR
time_zone: UTC
masters: {account.name: crm}
expect: {usage: 26h, crm: 2d}
"""
CRM = """
source: crm
files: crm.csv
records:
  - record: account
    columns: {account_id: id, name: name, lifecycle: state, created_at: since, industry: industry}
"""
LINES = """
source: lines
files: lines.csv
records:
  - record: subscription
    columns: {subscription_id: id, account_id: account, starts_on: start, ends_on: end, mrr: mrr}
"""
USAGE = """
source: usage
files: usage.csv
records:
  - record: event
    columns: {event_id: id, account_id: account, subscription_id: line, user_id: user, occurred_at: at, name: what}
"""
TICKETS = """
source: desk
files: tickets.csv
records:
  - record: ticket
    columns: {ticket_id: id, account_id: account, opened_at: opened, closed_at: closed, csat: csat}
"""
ENDS = """
source: ends
files: ends.csv
records:
  - record: outcome
    columns: {account_id: account, kind: {value: churn}, occurred_at: at}
  - record: outcome
    where: "back = 'yes'"
    columns: {account_id: account, kind: {value: reactivation}, occurred_at: at}
"""
PEOPLE = """
source: people
files: people.csv
records:
  - record: contact
    columns: {contact_id: id, account_id: account, email: mail}
"""


@pytest.fixture
def document(make_place):
    place = make_place(settings=SETTINGS)
    for name, text in (("accounts", ACCOUNTS), ("crm", CRM), ("lines", LINES), ("usage", USAGE), ("desk", TICKETS),
                       ("ends", ENDS), ("people", PEOPLE)):
        place.source(name, text)
    place.write("accounts.csv", "id,name,since,owner", "A,Acme Ltd,2025-01-01,x", "B,Beta,2025-01-01,x",
                "C,Cargo 1,2025-01-01,x", "D,Cargo 2,2025-01-01,x", "E,ACME,2025-01-01,x")
    place.write("crm.csv", "id,name,state,since,industry", "A,Acme,churned,2025-01-01,", "B,Beta,active,2025-01-01,IT",
                "C,Cargo 1,churned,2025-02-01,IT")
    place.write("lines.csv", "id,account,start,end,mrr", "S1,A,2025-03-01,,10", "S2,B,2025-01-01,2025-06-30,-5",
                "S3,C,2025-06-01,2025-05-01,10")
    place.write(
        "usage.csv", "id,account,line,user,at,what", "e1,A,S1,u,2025-02-28,x", "e2,A,S1,u,2025-03-01,x",
        "e3,B,S2,,2025-07-01,x", "e3,B,S2,,2025-06-30,y", "e4,B,S2,u,2024-12-31,x",
    )
    rows = [f"t{n},A,2025-0{1 + n % 9}-15,2025-10-01,{3 + n % 3}" for n in range(33)]
    place.write("tickets.csv", "id,account,opened,closed,csat", *rows, "old,A,2024-12-31,2024-12-30,")
    place.write("ends.csv", "account,at,back", "A,2025-09-01,no", "B,2025-09-01,yes", "D,2025-09-01,no")
    place.write("people.csv", "id,account,mail", "p1,A,ann@acme.example", "p2,A,Ann@Acme.example ", "p3,B,none",
                "p4,B,ann@acme.example")
    report = place.ingest()
    assert report.good
    return quality_document(place.lake, place.definitions, as_of=date(2025, 12, 31), moment=place.now)


def test_every_planted_fault_is_found_with_its_count_and_nothing_else(document):
    found = {f["id"]: (f["count"], f["of"]) for f in [*document["conflicts"], *document["faults"]]}
    assert found == {
        "account.name": (1, 3),
        "account.created_at": (1, 3),
        "churned_flag_against_outcomes": (3, 5),
        "churned_flag_without_outcome": (1, 5),
        "churn_outcome_without_flag": (2, 5),
        "accounts_with_churn_outcome": (3, 5),
        "reactivations_among_outcomes": (1, 3),
        "churned_flag_with_running_contract": (1, 2),
        "events_before_subscription": (2, 5),
        "events_after_subscription": (1, 5),
        "events_before_sign_up": (1, 5),
        "tickets_before_sign_up": (1, 34),
        "event_ids_on_other_days": (1, 5),
        "ticket.csat_part_of_scale": (2, 5),
        "ticket.closed_at_before_opened_at": (1, 34),
        "subscription.ends_on_before_starts_on": (1, 3),
        "negative_mrr": (1, 3),
        "events_without_user": (2, 5),
        "duplicate_contacts": (2, 4),
        "invalid_emails": (1, 4),
        "look_alike_accounts": (1, 5),
    }


def test_the_master_is_named_and_wins(document):
    (conflict,) = [c for c in document["conflicts"] if c["id"] == "account.name"]
    assert "crm is the master" in conflict["what"]
    assert conflict["examples"] == ["A"]


def test_stale_sources_are_overdue(document):
    states = {s["source"]: (s["state"], s["limit_days"]) for s in document["sources"]}
    assert states["usage"] == ("overdue", pytest.approx(26 / 24))
    assert states["desk"] == ("no_limit", None)


def test_completeness_counts_filled_values(document):
    filled = {(c["record"], c["column"]): (c["filled"], c["rows"]) for c in document["completeness"]}
    assert filled["ticket", "csat"] == (33, 34)
    assert filled["event", "user_id"] == (3, 5)


def test_every_batch_adds_up(document):
    assert document["batches"]
    assert all(b["adds_up"] for b in document["batches"])


def test_scores_in_five_dimensions_lie_on_their_scale(document):
    for entry in document["dimensions"]:
        values = [v for k, v in entry.items() if k != "record" and v is not None]
        assert all(0 <= v <= 100 for v in values), entry
    event = next(e for e in document["dimensions"] if e["record"] == "event")
    assert event["consistency"] == 60.0
    contact = next(e for e in document["dimensions"] if e["record"] == "contact")
    assert contact["consistency"] is None, "no other record tells of a contact"
    assert event["freshness"] < 1
