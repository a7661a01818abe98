"""Rows whose account is not known yet wait, and go in by themselves when it is."""

from holdfast.state.models import Batch, QuarantineMove

from .conftest import ACCOUNTS

HEAD = "id,account,user,at,what,n"
EVENT = "e1,Z,u1,2026-02-01T09:00:00Z,login,1.5"
OTHER = "e2,A,u1,2026-02-01T09:00:00Z,login,1"
USAGE = """
source: usage
files: usage.csv
records:
  - record: event
    columns:
      event_id: id
      account_id: {lookup: {record: subscription, by: subscription_id, take: account_id, from: line}}
      user_id: user
      occurred_at: at
      name: {value: used}
"""
LINES = """
source: lines
files: lines.csv
records:
  - record: subscription
    columns: {subscription_id: id, account_id: account, starts_on: start}
"""


def test_a_row_waits_for_its_account(place):
    place.write("events.csv", HEAD, EVENT, OTHER)
    report = place.ingest()
    assert report.good
    assert report.unresolved == 1
    assert place.account(report) == (2, 1, 0, 1, 0)
    place.write("accounts-2.csv", "id,name,since,owner", "Z,Zeta,2024-01-01,x")
    report = place.ingest()
    assert [(r.kept, r.duplicate) for r in report.replays] == [(1, 0)]
    assert report.unresolved == 0
    batch = Batch.objects.get(source="events")
    assert (batch.kept, batch.quarantined) == (2, 0)
    assert list(QuarantineMove.objects.values_list("batch_id", "line", "reason")) == [(batch.pk, 2, "unresolved")]
    found = place.query("SELECT account_id, quantity::VARCHAR, batch_id, line FROM events WHERE event_id = 'e1'")
    assert found == [("Z", "1.500000", batch.pk, 2)]
    assert place.query("SELECT count(DISTINCT user_key) FROM events") == [(1,)]
    assert place.ingest().replays == ()


def test_the_replayed_row_equals_the_row_that_never_waited(make_place):
    from .conftest import EVENTS

    contents = []
    for name, waits in (("early", False), ("late", True)):
        place = make_place(name).source("accounts", ACCOUNTS).source("events", EVENTS)
        accounts = ["A,Acme,2024-01-01,x", "Z,Zeta,2024-01-01,x"]
        place.write("events.csv", HEAD, EVENT, OTHER)
        if waits:
            place.write("accounts.csv", "id,name,since,owner", accounts[0])
            place.ingest()
        place.write("accounts.csv", "id,name,since,owner", *accounts)
        place.ingest()
        contents.append(place.content("event", "account"))
    assert contents[0] == contents[1]


def test_an_alias_brings_rows_of_a_merged_account_home(place):
    place.write("events.csv", HEAD, EVENT)
    place.ingest()
    place.source("events", place.texts["sources/events.yml"] + "aliases: {Z: A}\n")
    place.ingest()
    assert place.query("SELECT account_id, event_id FROM events") == [("A", "e1")]
    place.write("events-2.csv", HEAD, EVENT)
    assert place.account(place.ingest())[1] == 0


def test_a_row_waits_for_the_record_that_it_is_looked_up_in(place):
    place.source("usage", USAGE).source("lines", LINES)
    place.write("usage.csv", "id,line,user,at", "u1,S1,kim,2026-02-01T09:00:00Z", "u2,S2,kim,2026-02-01T09:00:00Z")
    place.write("lines.csv", "id,account,start", "S1,A,2026-01-01")
    place.write("events.csv", HEAD)
    report = place.ingest()
    assert report.good
    assert place.account(report, "usage") == (2, 1, 0, 1, 0)
    place.write("lines.csv", "id,account,start", "S1,A,2026-01-01", "S2,B,2026-01-01")
    assert [r.kept for r in place.ingest().replays] == [1]
    assert place.query("SELECT event_id, account_id FROM events ORDER BY 1") == [("u1", "A"), ("u2", "B")]
    assert place.reasons() == []


def test_events_of_a_deleted_account_still_go_in(place):
    place.source("accounts", ACCOUNTS + "mode: snapshot\n")
    place.ingest()
    place.write("accounts.csv", "id,name,since,owner", "B,Beta,2024-02-01,x")
    place.ingest()
    place.write("events.csv", HEAD, OTHER)
    assert place.account(place.ingest()) == (1, 1, 0, 0, 0)


def test_an_id_used_again_for_another_customer_is_a_new_version(place):
    place.ingest()
    place.write("accounts-2.csv", "id,name,since,owner", "A,Another,2026-01-01,x")
    place.ingest()
    names = place.query("SELECT name FROM accounts WHERE account_id = 'A' ORDER BY known_at")
    assert names == [("Acme",), ("Another",)]
