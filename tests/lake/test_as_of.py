"""What held on a day, by either clock."""

from datetime import date, datetime

import pyarrow as pa
import pytest

from holdfast.lake import Snapshot, duckdb_engine, memory_snapshot

TICKETS = pa.table({
    "ticket_id": ["a", "a", "b", "c"],
    "account_id": ["x"] * 4,
    "opened_at": [datetime(2026, 1, 1), datetime(2026, 1, 1), datetime(2026, 1, 5), datetime(2026, 3, 1)],
    "closed_at": [None, datetime(2026, 1, 10), None, None],
    "csat": pa.array([None, 4, None, None], pa.int64()),
    "effective_at": [datetime(2026, 1, 2), datetime(2026, 1, 11), None, None],
})


@pytest.fixture(scope="module")
def engine():
    engine = duckdb_engine(threads=1)
    yield engine
    engine.close()


def view(snapshot, day, clock, record="ticket"):
    table = snapshot.as_of(record, snapshot.days([day]), clock)
    return {row[f"{record}_id"]: row for row in snapshot.engine.arrow(table).to_pylist()}


def test_a_row_is_not_visible_before_it_came_into_being(engine):
    snapshot = memory_snapshot({"ticket": TICKETS}, engine)
    assert set(view(snapshot, date(2026, 1, 4), "known")) == {"a"}
    assert set(view(snapshot, date(2026, 1, 5), "known")) == {"a", "b"}


def test_versions_follow_one_another_by_effective_date(engine):
    snapshot = memory_snapshot({"ticket": TICKETS}, engine)
    assert view(snapshot, date(2026, 1, 10), "known")["a"]["csat"] is None
    assert view(snapshot, date(2026, 1, 11), "known")["a"]["csat"] == 4


def test_the_first_version_is_carried_back_as_known_but_not_as_believed(engine):
    snapshot = memory_snapshot({"ticket": TICKETS}, engine)
    assert "a" in view(snapshot, date(2026, 1, 1), "known")
    assert "a" not in view(snapshot, date(2026, 1, 1), "believed")


def test_a_row_counts_as_believed_only_once_it_was_known(engine):
    late = TICKETS.append_column("known_at", pa.array([datetime(2026, 2, 1)] * 4, pa.timestamp("us")))
    snapshot = memory_snapshot({"ticket": late}, engine)
    assert view(snapshot, date(2026, 1, 31), "believed") == {}
    assert set(view(snapshot, date(2026, 2, 1), "believed")) == {"a", "b"}
    assert set(view(snapshot, date(2026, 1, 31), "known")) == {"a", "b"}


def test_a_column_is_null_before_the_date_it_holds_from(engine):
    tickets = TICKETS.slice(1, 1).set_column(5, "effective_at", pa.array([None], pa.timestamp("us")))
    snapshot = memory_snapshot({"ticket": tickets}, engine)
    assert view(snapshot, date(2026, 1, 9), "known")["a"]["csat"] is None
    assert view(snapshot, date(2026, 1, 9), "known")["a"]["closed_at"] is None
    assert view(snapshot, date(2026, 1, 10), "known")["a"]["csat"] == 4


def test_a_deleted_row_is_gone_from_its_deletion_on(engine):
    accounts = pa.table({
        "account_id": ["x", "x"],
        "name": ["X", "X"],
        "effective_at": [datetime(2026, 1, 1), datetime(2026, 2, 1)],
        "deleted": [False, True],
    })
    snapshot = memory_snapshot({"account": accounts}, engine)
    assert "x" in view(snapshot, date(2026, 1, 31), "known", "account")
    assert view(snapshot, date(2026, 2, 1), "known", "account") == {}


def test_the_master_source_wins_and_the_other_fills_gaps(engine):
    accounts = pa.table({
        "account_id": ["x", "x"],
        "source": ["billing", "crm"],
        "name": ["From billing", "From CRM"],
        "plan": ["pro", "basic"],
        "industry": ["Retail", None],
    })
    masters = {"account": "crm", "account.plan": "billing"}
    snapshot = memory_snapshot({"account": accounts}, engine, masters=masters)
    row = view(snapshot, date(2026, 1, 1), "known", "account")["x"]
    assert (row["name"], row["plan"], row["industry"]) == ("From CRM", "pro", "Retail")
    assert row["source"] == "crm"


def test_a_local_day_ends_at_local_midnight(engine):
    opened = [datetime(2026, 3, 29, 22, 30)]
    tickets = pa.table({"ticket_id": ["n"], "account_id": ["x"], "opened_at": opened})
    snapshot = memory_snapshot({"ticket": tickets}, engine, zone="Europe/Berlin")
    assert view(snapshot, date(2026, 3, 29), "known") == {}
    assert set(view(snapshot, date(2026, 3, 30), "known")) == {"n"}


def test_records_without_a_table_are_not_looked_for(engine):
    def rows_of(record):
        raise AssertionError(record)

    snapshot = Snapshot(engine, rows_of, absent=["ticket", "event"])
    for found in (snapshot, snapshot.cut(date(2026, 1, 1)), snapshot.of_accounts(["x"])):
        assert not found.loaded("ticket")
        assert found.size("event") == 0
    with pytest.raises(AssertionError, match="survey"):
        snapshot.loaded("survey_response")
