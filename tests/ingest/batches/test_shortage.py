"""A full disk and a reached memory limit: a clear error, the last state readable, and on it goes when there is room."""

from __future__ import annotations

import shutil

import duckdb
import pytest

from holdfast.errors.ingest import DiskFull, MemoryReached

from .conftest import ACCOUNTS, EVENTS, Place

EXPORT = (
    "COPY (SELECT md5(i::VARCHAR) AS id, 'A' AS account, 'u' || i % 999 AS \"user\", "
    "TIMESTAMP '2026-01-01' + to_seconds(i) AS at, md5((i + 1)::VARCHAR) AS what, 1 AS n FROM range({rows}) t(i)) "
    "TO '{path}' (FORMAT csv)"
)


def loaded(place):
    place.source("accounts", ACCOUNTS).source("events", EVENTS)
    place.write("accounts.csv", "id,name,since,owner", "A,Acme,2024-01-01,a@x.example")
    place.write("events-1.csv", "id,account,user,at,what,n", "e1,A,u1,2026-01-01T09:00:00Z,login,1")
    place.ingest()
    return place


def test_a_full_disk_is_named_and_the_load_goes_on_after_space_is_freed(small_volume):
    place = loaded(Place(small_volume / "ws"))
    before = place.content("event")
    duckdb.sql(EXPORT.format(rows=100_000, path=place.folder / "events-2.csv"))
    filler = small_volume / "filler"
    free = shutil.disk_usage(small_volume).free
    filler.write_bytes(b"x" * (free - 1_000_000))
    with pytest.raises(DiskFull, match="the disk is full"):
        place.ingest()
    assert place.content("event") == before
    filler.unlink()
    report = place.ingest()
    assert report.good
    assert place.query("SELECT count(*), count(DISTINCT event_id) FROM events") == [(100_001, 100_001)]
    assert place.account(place.ingest())[1] == 0


def test_a_reached_memory_limit_gives_advice_and_loses_nothing(make_place, monkeypatch):
    place = loaded(make_place())
    before = place.content("event")
    place.write("events-2.csv", "id,account,user,at,what,n", "e2,A,u1,2026-01-02T09:00:00Z,login,1")

    def too_much(*_):
        duckdb.connect(config={"memory_limit": "10MB", "temp_directory": ""}).execute(
            "SELECT list(i) FROM range(50000000) t(i)")

    with monkeypatch.context() as patched:
        patched.setattr("holdfast.ingest.batch.judge", too_much)
        with pytest.raises(MemoryReached, match="memory: under engine"):
            place.ingest()
    assert place.content("event") == before
    assert place.account(place.ingest())[1] == 1
