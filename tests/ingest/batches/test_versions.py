"""Mutable records: a changed row is a new version, an equal one a duplicate, and a full export deletes what is gone."""

HEAD = "id,name,since,owner"
A, B = "A,Acme,2024-01-01,ann@us.example", "B,Beta,2024-02-01,bob@us.example"
SNAPSHOT = """
source: accounts
files: accounts*.csv
mode: snapshot
records:
  - record: account
    columns: {account_id: id, name: name, created_at: since, owner: owner}
"""
DATED = """
source: accounts
files: accounts*.csv
effective_at: {column: changed}
records:
  - record: account
    columns: {account_id: id, name: name}
"""
NEWEST = (
    "SELECT account_id, name, deleted FROM accounts QUALIFY row_number() OVER "
    "(PARTITION BY account_id ORDER BY coalesce(effective_at, known_at) DESC, known_at DESC) = 1 ORDER BY 1"
)


def test_a_changed_row_is_a_new_version(place):
    place.ingest()
    place.write("accounts.csv", HEAD, A, B.replace("Beta", "Beta Ltd"))
    assert place.account(place.ingest(), "accounts") == (2, 1, 1, 0, 0)
    assert place.query("SELECT count(*) FROM accounts") == [(3,)]
    assert place.query(NEWEST) == [("A", "Acme", False), ("B", "Beta Ltd", False)]


def test_a_value_that_goes_back_is_a_new_version(place):
    for number, name in enumerate(("Beta", "Beta Ltd", "Beta")):
        place.write("accounts.csv", HEAD, B.replace("Beta", name), f"C{number},Other,2024-01-01,x")
        place.ingest()
    assert place.query(NEWEST)[0] == ("B", "Beta", False)
    assert place.query("SELECT count(*) FROM accounts WHERE account_id = 'B'") == [(3,)]


def test_a_change_of_a_personal_value_is_a_new_version(place):
    place.ingest()
    place.write("accounts.csv", HEAD, A, B.replace("bob@", "eve@"))
    assert place.account(place.ingest(), "accounts")[1:3] == (1, 1)


def test_dated_versions_land_in_their_time_in_any_order(place):
    place.source("accounts", DATED)
    lines = ["A,One,2025-01-01", "A,Two,2025-02-01", "A,One,2025-03-01"]
    for number in (2, 0, 1):
        place.write("accounts.csv", "id,name,changed", lines[number])
        place.ingest()
    place.write("accounts.csv", "id,name,changed", *lines[::-1])
    assert place.account(place.ingest(), "accounts") == (3, 0, 3, 0, 0)
    versions = place.query("SELECT name, strftime(effective_at, '%m') FROM accounts ORDER BY effective_at")
    assert versions == [("One", "01"), ("Two", "02"), ("One", "03")]


def test_a_row_gone_from_the_full_export_is_deleted_and_may_come_back(place):
    place.source("accounts", SNAPSHOT)
    place.ingest()
    place.write("accounts.csv", HEAD, A)
    assert place.account(place.ingest(), "accounts") == (1, 0, 1, 0, 0)
    assert place.query(NEWEST) == [("A", "Acme", False), ("B", "Beta", True)]
    place.write("accounts.csv", HEAD, A, B)
    assert place.account(place.ingest(), "accounts") == (2, 1, 1, 0, 0)
    assert place.query(NEWEST) == [("A", "Acme", False), ("B", "Beta", False)]
    count = place.query("SELECT count(*) FROM accounts")
    assert {b.state for b in place.ingest().batches} == {"seen"}
    assert place.query("SELECT count(*) FROM accounts") == count


def test_a_delta_deletes_nothing(place):
    place.ingest()
    place.write("accounts.csv", HEAD, A)
    place.ingest()
    assert place.query(NEWEST) == [("A", "Acme", False), ("B", "Beta", False)]


def test_a_quarantined_row_of_a_full_export_is_not_gone(place):
    place.source("accounts", SNAPSHOT + "hold_above: 0.9\n")
    place.ingest()
    place.write("accounts.csv", HEAD, A, B.replace("2024-02-01", "soon"))
    place.ingest()
    assert place.query(NEWEST) == [("A", "Acme", False), ("B", "Beta", False)]


def test_an_empty_full_export_deletes_nothing(place):
    place.source("accounts", SNAPSHOT)
    place.ingest()
    place.write("accounts.csv", HEAD)
    place.ingest()
    assert place.query(NEWEST) == [("A", "Acme", False), ("B", "Beta", False)]


def test_known_at_may_be_declared(place):
    place.source("accounts", DATED + "known_at: effective_at\n")
    place.write("accounts.csv", "id,name,changed", "A,One,2025-01-01", "A,Two,2030-01-01")
    place.ingest()
    found = place.query("SELECT name, known_at = effective_at, known_at FROM accounts ORDER BY effective_at")
    assert [row[:2] for row in found] == [("One", True), ("Two", False)]
    assert found[1][2] == place.now.replace(tzinfo=None)


def test_an_old_file_in_another_order_takes_nothing_back(place):
    place.ingest()
    place.write("accounts.csv", HEAD, A, B.replace("Beta", "Beta Ltd"))
    place.ingest()
    place.write("accounts.csv", HEAD, B, A)
    assert place.account(place.ingest(), "accounts") == (2, 0, 2, 0, 0)
    assert place.query(NEWEST) == [("A", "Acme", False), ("B", "Beta Ltd", False)]
