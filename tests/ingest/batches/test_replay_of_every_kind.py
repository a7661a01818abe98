"""Rows of typed files and of databases, from the source to the lake, and the bad ones corrected and back in."""

import csv
import json
import sqlite3

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.ingest.quarantine import read_corrections, write_for_correction
from holdfast.ingest.retry import retry
from holdfast.state.models import Batch

HEAD = ("id", "account", "user", "at", "what", "n")
GOOD = [(f"e{i}", "A", "u1", f"2026-02-01T10:00:{i:02d}Z", "login", "1") for i in range(40)]
BAD = [("b1", "A", "kim", "never", 'log, "in"', "1"), ("b2", "A", "u1", "2026-02-01T10:00:00Z", "größe", "many")]
ROWS = [*GOOD, *BAD]


def parquet(place):
    pq.write_table(pa.table([list(c) for c in zip(*ROWS, strict=True)], names=list(HEAD)), place.folder / "e.parquet")
    return "files: e.parquet"


def jsonl(place):
    place.write("e.jsonl", *(json.dumps(dict(zip(HEAD, row, strict=True)), ensure_ascii=False) for row in ROWS))
    return "files: e.jsonl"


def xlsx(place):
    book = openpyxl.Workbook()
    for row in (HEAD, *ROWS):
        book.active.append(row)
    book.save(place.folder / "e.xlsx")
    return "files: e.xlsx"


def sqlite(place):
    with sqlite3.connect(place.folder / "e.db") as con:
        con.execute(f"CREATE TABLE usage ({', '.join(HEAD)})")
        con.executemany("INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?)", ROWS)
    con.close()
    return "sql: {url: 'sqlite:///e.db', table: usage}"


def duckdb_query(place):
    with duckdb.connect(str(place.folder / "e.duckdb")) as con:
        columns = ', '.join('"' + c + '" VARCHAR' for c in HEAD)
        con.execute(f'CREATE TABLE usage ({columns})')
        con.executemany("INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?)", ROWS)
    return "sql: {url: 'duckdb:///e.duckdb', query: 'SELECT * FROM usage ORDER BY id'}"


@pytest.fixture(params=[parquet, jsonl, xlsx, sqlite, duckdb_query], ids=lambda make: make.__name__)
def loaded(request, place):
    text = place.texts["sources/events.yml"].replace("files: events*.csv", request.param(place))
    place.source("events", text)
    assert place.account(place.ingest()) == (42, 40, 0, 2, 0)
    return place


def again(place, **more):
    return retry(place.folder, place.definitions, place.lake, clock=lambda: place.now, **more)


def test_the_bad_rows_wait_with_reason_and_content(loaded):
    waiting = {row["reason"]: row for row in loaded.quarantine()}
    assert {reason: row["column"] for reason, row in waiting.items()} == {"bad_date": "at", "bad_number": "n"}
    assert '"never"' in waiting["bad_date"]["raw"]
    assert "größe" in waiting["bad_number"]["raw"]


def test_a_corrected_row_goes_in_once(loaded, tmp_path):
    target = tmp_path / "rows.csv"
    assert write_for_correction(loaded.quarantine(), target) == 2
    rows = list(csv.DictReader(target.open(newline="")))
    for row in rows:
        row["raw"] = row["raw"].replace("never", "2026-02-03T08:00:00Z")
    with target.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    (outcome,) = again(loaded, corrections=read_corrections(target), by="ann@us.example")
    assert (outcome.tried, outcome.kept) == (2, 1)
    batch = Batch.objects.get(source="events")
    assert (batch.rows_in, batch.kept, batch.quarantined) == (42, 41, 1)
    assert loaded.query("SELECT name FROM events WHERE event_id = 'b1'") == [('log, "in"',)]
    assert again(loaded, corrections=read_corrections(target))[0].kept == 0


def test_a_corrected_source_lets_its_rows_in(loaded):
    text = loaded.texts["sources/events.yml"]
    loaded.source("events", text.replace("quantity: n", "quantity: {column: n, empty: [many]}"))
    (outcome,) = again(loaded)
    assert (outcome.tried, outcome.kept) == (2, 1)
    assert [row["reason"] for row in loaded.quarantine()] == ["bad_date"]
    assert loaded.query("SELECT name, quantity FROM events WHERE event_id = 'b2'") == [("größe", None)]


def test_the_same_rows_again_add_nothing(loaded):
    report = loaded.ingest()
    assert loaded.account(report) in ((0, 0, 0, 0, 0), (42, 0, 42, 0, 0), (42, 0, 40, 2, 0))
    assert loaded.query("SELECT count(*) FROM events") == [(40,)]
