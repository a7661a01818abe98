"""Ages of use, champions, addresses and stale profiles: counted with their base, unknown where no row tells."""

from datetime import date

import pytest

from holdfast.ingest.quality import quality_document

AS_OF = date(2026, 1, 31)
ACCOUNTS = """
source: accounts
files: accounts.csv
records:
  - record: account
    columns: {account_id: id, name: name}
"""
USAGE = """
source: usage
files: usage.csv
records:
  - record: event
    columns: {event_id: id, account_id: account, user_id: user, occurred_at: at, name: what}
"""
PEOPLE = """
source: people
files: people.csv
effective_at: {column: changed}
records:
  - record: contact
    columns: {contact_id: id, account_id: account, email: mail, roles: roles, status: status, left_at: gone}
"""


def gaps_of(place, **files):
    place.source("accounts", ACCOUNTS)
    place.write("accounts.csv", "id,name", *(f"{name},{name} Ltd" for name in "ABCDEF"))
    for name, text in (("usage", USAGE), ("people", PEOPLE)):
        if name in files:
            place.source(name, text)
            place.write(f"{name}.csv", *files[name])
    assert place.ingest().good
    document = quality_document(place.lake, place.definitions, as_of=AS_OF, moment=place.now)
    return {gap["id"]: (gap["count"], gap["of"]) for gap in document["gaps"]}


@pytest.fixture
def place(make_place):
    return make_place()


def test_use_is_aged_to_the_day_and_later_rows_do_not_count(place):
    days = {"A": "2026-01-31", "B": "2026-01-24", "C": "2026-01-23", "D": "2026-01-01", "E": "2025-12-31"}
    rows = [f"e{name},{name},u,{day},x" for name, day in days.items()]
    found = gaps_of(place, usage=["id,account,user,at,what", *rows, "old,A,u,2025-06-01,x", "new,E,u,2026-02-01,x"])
    ages = ("use_up_to_7_days", "use_8_to_30_days", "use_over_30_days", "use_never")
    assert [found[name] for name in ages] == [(2, 6), (2, 6), (1, 6), (1, 6)]


def test_people_are_counted_among_those_who_are_still_there(place):
    found = gaps_of(place, people=[
        "id,account,mail,roles,status,gone,changed",
        "p1,A,ann@a.example,champion|technical,active,,2025-12-01",
        "p2,B,ben@b.example,champion,left,2025-11-01,2025-12-01",
        "p3,C,no address,sponsor,active,,2024-12-01",
        "p4,D,dora@d.example,champion,active,2026-03-01,2025-01-30",
        "p5,D,Dora@d.example,,active,,2025-02-01",
    ])
    assert found["without_champion"] == (4, 6)
    assert found["invalid_emails"] == (1, 5)
    assert found["duplicate_contacts"] == (2, 5)
    assert found["stale_profiles"] == (2, 4)
    assert found["use_never"] == (None, 6)


def test_what_no_row_tells_is_unknown(place):
    assert set(gaps_of(place).values()) == {(None, 6), (None, 0)}
