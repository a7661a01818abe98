"""Staged rows are the same rows, whether they stay in memory or go to files."""

import duckdb
import pytest

from holdfast.ingest import row_store
from holdfast.ingest.row_store import RowStore

BATCHES = [(0, 3), (3, 5), (5, 12), (12, 13), (13, 30)]


@pytest.fixture
def con():
    with duckdb.connect() as con:
        yield con


def added(store):
    for first, last in BATCHES:
        store.add("event", f"SELECT n, 'text ' || n AS t FROM range({first}, {last}) r(n)")


def held(con, store):
    return con.execute(f"SELECT n, t FROM ({store.read('event')}) ORDER BY n").fetchall()


@pytest.mark.parametrize("large", [1, 4, 12, 1000])
def test_no_row_is_lost_or_doubled_on_the_way_to_files(con, tmp_path, monkeypatch, large):
    monkeypatch.setattr(row_store, "_LARGE", large)
    store = RowStore(con, tmp_path / "rows")
    added(store)
    assert held(con, store) == [(n, f"text {n}") for n in range(30)]
    assert bool(list(tmp_path.rglob("*.parquet"))) == (large < 30)


@pytest.mark.parametrize("large", [4, 1000])
def test_rows_can_be_replaced_and_added_to_afterwards(con, tmp_path, monkeypatch, large):
    monkeypatch.setattr(row_store, "_LARGE", large)
    store = RowStore(con, tmp_path / "rows")
    added(store)
    store.replace("event", f"SELECT n, upper(t) AS t FROM ({store.read('event')}) WHERE n % 2 = 0")
    store.add("event", "SELECT 99::BIGINT AS n, 'new' AS t")
    assert held(con, store) == [*((n, f"TEXT {n}") for n in range(0, 30, 2)), (99, "new")]


def test_a_store_that_is_closed_leaves_no_table(con, tmp_path):
    store = RowStore(con, tmp_path / "rows")
    added(store)
    store.close()
    assert con.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]
    assert not store.has("event")
