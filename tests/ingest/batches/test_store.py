"""How events lie in the lake: by day and account in month files, ids as bytes, read back as they came."""

from __future__ import annotations

import duckdb
import pytest

from holdfast.lake import duckdb_engine
from holdfast.lake.tidy import tidy

from .conftest import ACCOUNTS, EVENTS

HEX = "0123456789abcdef0123456789abcd"


@pytest.fixture
def place(make_place):
    place = make_place().source("accounts", ACCOUNTS).source("events", EVENTS)
    place.write("accounts.csv", "id,name,since,owner", "A,Acme,2024-01-01,a@x.example", "B,Beta,2024-01-01,b@x.example")
    return place


def nights(place, count):
    """One file a night; each brings a day of rows, out of order, and a late row of the first day."""
    for night in range(1, count + 1):
        rows = [f"{HEX}{night:02d},{'AB'[night % 2]},u{night},2026-01-{night:02d}T09:00:00Z,login,1"]
        rows.append(f",B,u1,2026-01-{night:02d}T08:00:00Z,open,{night}")
        rows.append(f"late{night},A,u2,2026-01-01T10:00:00Z,late,1")
        place.write(f"events-{night:02d}.csv", "id,account,user,at,what,n", *rows)
        place.ingest()


def in_file_order(path):
    return duckdb.sql(
        "SELECT occurred_at::DATE, account_id, user_key, occurred_at "
        f"FROM read_parquet('{path}', file_row_number=true) ORDER BY file_row_number"
    ).fetchall()


def tidied(place, bound):
    engine = duckdb_engine(threads=1)
    try:
        return tidy(place.lake, engine.con.con, place.data / "staging", bound)
    finally:
        engine.close()


def test_a_month_of_nights_becomes_one_file_of_the_same_rows(place):
    nights(place, 10)
    before, version = place.content("event"), place.lake.table("event").version()
    old = place.lake.table("event").files(version)
    assert tidied(place, {"event": [version]}).merged == 10
    (path,) = place.lake.table("event").files()
    assert in_file_order(path) == sorted(in_file_order(path))
    assert place.content("event") == before
    assert place.lake.table("event").files(version) == old
    done = tidied(place, {"event": []})
    assert (done.merged, done.removed) == (0, 10)
    assert done.bytes_removed > 0
    assert place.content("event") == before


def test_what_was_merged_is_still_known(place):
    nights(place, 9)
    tidied(place, {"event": []})
    place.write("events-99.csv", "id,account,user,at,what,n", f"{HEX}03,B,u3,2026-01-03T09:00:00Z,login,1",
                f"{HEX}04,A,u9,2026-01-04T09:00:00Z,other,1", ",B,u1,2026-01-02T08:00:00Z,open,2")
    report = place.ingest()
    assert place.account(report)[1:4] == (0, 2 + 9 * 3, 1)
    assert [r["reason"] for r in place.quarantine()] == ["id_conflict"]


def test_ids_of_hex_digits_take_sixteen_bytes_and_come_back(place):
    nights(place, 1)
    (path,) = place.lake.table("event").files()
    assert duckdb.sql(f"SELECT count(*) FROM '{path}' WHERE octet_length(event_id_bytes) = 16").fetchall() == [(1,)]
    assert (f"{HEX}01",) in place.query("SELECT event_id FROM events")
    made = [i for (i,) in place.query("SELECT event_id FROM events") if i.startswith("row:")]
    assert len(made) == 1
    assert len(made[0]) == len("row:") + 16 + len("-1")


def test_rows_at_the_bounds_of_months_lie_in_their_month(place):
    rows = [
        f"{first}{second},A,u1,{moment}Z,login,1"
        for first, month in enumerate(("2025-10", "2025-11", "2025-12", "2026-01", "2026-02"))
        for second, moment in enumerate((f"{month}-01T00:00:00", f"{month}-15T12:00:00", f"{month}-28T23:59:59.999999"))
    ]
    rows += ["a,A,u1,2025-12-31T23:59:59.999999Z,login,1", "b,A,u1,2025-11-30T23:59:59.999999Z,login,1"]
    place.write("events.csv", "id,account,user,at,what,n", *rows)
    assert place.account(place.ingest()) == (17, 17, 0, 0, 0)
    months = {path.parent.name: len(in_file_order(path)) for path in place.lake.table("event").paths()}
    assert months == {
        "month=2025-10": 3, "month=2025-11": 4, "month=2025-12": 4, "month=2026-01": 3, "month=2026-02": 3}
