"""The next file is read while one is written, and nothing of it shows."""

import threading

import pytest

from holdfast.ingest.reading import Reading

EVENTS = ("id,account,user,at,what,n", *(f"e{n},A1,u1,2026-02-0{n},login,1" for n in range(1, 4)))
TICKETS = """
source: tickets
files: tickets*.csv
records:
  - record: ticket
    columns:
      ticket_id: id
      account_id: {lookup: {record: account, by: name, take: account_id, from: company}}
      opened_at: at
"""


@pytest.fixture
def early(monkeypatch):
    """The files that were begun before their turn, by name."""
    names, begin = [], Reading.begin

    def noted(self):
        if self._chunks is None:
            names.append(self.name)
        return begin(self)

    asked, begin_early = [], Reading.begin_early

    def turned(self):
        before = len(names)
        begin_early(self)
        asked.extend(names[before:])

    monkeypatch.setattr(Reading, "begin", noted)
    monkeypatch.setattr(Reading, "begin_early", turned)
    return asked


def test_a_new_file_is_begun_early_and_one_seen_before_is_not(place, early):
    place.write("accounts.csv", "id,name,since,owner", "A1,One,2026-01-01,o@us.io")
    place.write("events-1.csv", *EVENTS)
    place.write("events-2.csv", EVENTS[0], "e9,A1,u1,2026-02-09,login,1")
    assert [o.account.kept for o in place.ingest().batches] == [1, 3, 1]
    assert early == ["events-1.csv", "events-2.csv"]
    early.clear()
    place.write("accounts-2.csv", "id,name,since,owner", "A2,Two,2026-01-01,o@us.io")
    place.ingest()
    assert early == []
    assert not [t for t in threading.enumerate() if t.name == "holdfast-ahead"]


def test_what_is_looked_up_waits_for_its_turn(place, early):
    place.source("tickets", TICKETS)
    place.write("accounts.csv", "id,name,since,owner", "A1,One,2026-01-01,o@us.io")
    place.write("tickets.csv", "id,company,at", "t1,One,2026-02-01")
    place.ingest()
    assert "tickets.csv" not in early


def test_a_file_that_cannot_be_read_is_refused_in_its_own_name(place, early):
    place.write("accounts.csv", "id,name,since,owner", "A1,One,2026-01-01,o@us.io")
    place.write("events-1.csv", *EVENTS)
    place.write("events-2.csv", "nothing,that,fits", "1,2,3")
    report = place.ingest()
    assert [o.account.kept for o in report.batches] == [1, 3]
    assert [r.file for r in report.refused] == ["events-2.csv"]
    assert "events-2.csv" in early
