"""Tables and queries of real databases."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from decimal import Decimal

import duckdb
import pytest

from holdfast.errors.ingest import BadHeader, SqlFailed, SqlSetting

RECORDS = {
    "account": {"account_id": "id", "name": "name", "created_at": "created", "revenue": "revenue", "strategic": "big"}
}


@pytest.fixture
def rows(load):
    def run(sql, **more):
        return load("", RECORDS, "sql", sql=sql, **more)

    return run


@pytest.fixture
def sqlite_file(tmp_path):
    con = sqlite3.connect(tmp_path / "crm.db")
    con.execute('CREATE TABLE "the accounts" (id, name, created, revenue, big, extra)')
    con.executemany(
        'INSERT INTO "the accounts" VALUES (?, ?, ?, ?, ?, ?)',
        [
            ("007", "Ann", "2026-01-02 10:00", 10.25, 1, 5),
            (8, None, "01/02/2026", 1, 0, None),
            (9, "Łódź", None, None, None, b"\xff"),
        ],
    )
    con.commit()
    con.close()
    return tmp_path / "crm.db"


def test_sqlite_table(rows, sqlite_file, tmp_path):
    found = rows(
        {"url": "sqlite:///crm.db", "table": "the accounts"}, workspace=tmp_path, zone="Europe/Berlin", decimal=","
    )
    assert found.column("account_id") == ["007"]
    assert found.column("created_at") == [datetime(2026, 1, 2, 9)]
    assert found.column("revenue") == [Decimal("10.25")]
    assert found.column("strategic") == [True]
    assert found.column("attributes") == ['{"extra":"5"}']
    assert [(r["line"], r["reason"], r["column"]) for r in found.rejects] == [
        (2, "ambiguous_date", "created"),
        (3, "bad_encoding", "extra"),
    ]


def test_sqlite_query_by_absolute_path(rows, sqlite_file):
    query = "SELECT id, name, created, revenue, big FROM \"the accounts\" WHERE id = '007';"
    assert rows({"url": f"sqlite:///{sqlite_file}", "query": query}).column("name") == ["Ann"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT x FROM nowhere", "no such table: nowhere"),
        ("DELETE FROM x", "no such table"),
        ('DELETE FROM "the accounts"', "readonly"),
        ("SELEKT", "syntax error"),
    ],
)
def test_a_bad_query_is_told_in_plain_words(rows, sqlite_file, query, words):
    with pytest.raises(SqlFailed, match=words):
        rows({"url": f"sqlite:///{sqlite_file}", "query": query})
    assert sqlite3.connect(sqlite_file).execute('SELECT count(*) FROM "the accounts"').fetchone() == (3,)


def test_a_missing_database_is_not_made(rows, tmp_path):
    with pytest.raises(SqlFailed, match="unable to open"):
        rows({"url": f"sqlite:///{tmp_path}/none.db", "table": "t"})
    with pytest.raises(SqlFailed, match="does not exist"):
        rows({"url": f"duckdb:///{tmp_path}/none.duckdb", "table": "t"})
    assert list(tmp_path.glob("none*")) == []


def test_two_columns_of_one_name(rows, sqlite_file):
    with pytest.raises(BadHeader, match="stands twice"):
        rows({"url": f"sqlite:///{sqlite_file}", "query": 'SELECT id, id FROM "the accounts"'})


@pytest.fixture
def duckdb_file(tmp_path):
    con = duckdb.connect(str(tmp_path / "crm.duckdb"))
    con.execute(
        "CREATE SCHEMA s; CREATE TABLE s.accounts AS SELECT * FROM (VALUES "
        "(7, 'Ann', TIMESTAMP '2026-01-02 10:00', 10.25::DECIMAL(10,2), true, ['a', 'b']), "
        "(8, 'Bo', NULL, 'NaN'::DOUBLE, NULL, NULL)) t(id, name, created, revenue, big, tags)"
    )
    con.close()
    return tmp_path / "crm.duckdb"


def test_duckdb_table(rows, duckdb_file):
    found = rows({"url": f"duckdb:///{duckdb_file}", "table": "s.accounts"}, zone="Europe/Berlin")
    assert found.rows[0]["created_at"] == datetime(2026, 1, 2, 9)
    assert found.rows[0]["revenue"] == Decimal("10.25")
    assert found.rows[0]["attributes"] == '{"tags":["a","b"]}'
    assert found.reasons == {2: "not_finite"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY s.accounts TO '/tmp/x.csv'",
        "ATTACH '/tmp/y.db'",
        "INSTALL httpfs",
        "CREATE TABLE t (i INT)",
    ],
)
def test_a8_a_query_reaches_nothing_but_its_own_file(rows, duckdb_file, query):
    with pytest.raises(SqlFailed):
        rows({"url": f"duckdb:///{duckdb_file}", "query": query})


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ({"url_env": "HOLDFAST_TEST_NOT_SET", "table": "t"}, "HOLDFAST_TEST_NOT_SET is not set"),
        ({"url": "mysql://u:pw@host/db", "table": "t"}, "of no database that can be read"),
        ({"url": "sqlite:///x.db"}, "a table or a query"),
        ({"url": "sqlite:///x.db", "table": "t", "query": "SELECT 1"}, "a table or a query"),
    ],
)
def test_settings_that_cannot_work(rows, sql, words):
    with pytest.raises(SqlSetting, match=words) as refused:
        rows(sql)
    assert "pw" not in str(refused.value)


def test_the_address_comes_from_the_environment(rows, sqlite_file, monkeypatch):
    monkeypatch.setenv("HOLDFAST_TEST_URL", f"sqlite:///{sqlite_file}")
    assert rows({"url_env": "HOLDFAST_TEST_URL", "table": "the accounts"}).rows_in == 3


@pytest.mark.postgres
def test_postgres_table_and_query(rows, postgres):
    import psycopg

    with psycopg.connect(postgres) as con:
        con.execute(
            "CREATE TABLE accounts (id int, name text, created timestamptz, revenue numeric, big bool, "
            "at date, doc jsonb)"
        )
        con.execute(
            "INSERT INTO accounts VALUES (7, 'Łódź', '2026-01-02 10:00+02', 10.25, true, '2026-01-01', "
            "'{\"b\": 1, \"a\": [2]}'), (8, 'Bo', NULL, 'NaN', NULL, NULL, NULL), "
            "(9, 'Cy', '0001-01-01', 1, false, NULL, NULL)"
        )
        con.execute("INSERT INTO accounts SELECT i, 'x', NULL, i, NULL, NULL, NULL FROM generate_series(10, 12000) i")
    found = rows({"url": postgres, "query": "SELECT * FROM accounts ORDER BY id;"})
    assert found.rows_in == 11_994
    assert found.rows[0]["created_at"] == datetime(2026, 1, 2, 8)
    assert found.rows[0]["attributes"] == '{"at":"2026-01-01","doc":"{\\"a\\":[2],\\"b\\":1}"}'
    assert found.reasons == {2: "not_finite", 3: "out_of_range"}
    assert found.rows[-1]["revenue"] == Decimal(12_000)
    assert rows({"url": postgres, "table": "public.accounts"}).rows_in == 11_994


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "sql", "words"),
    [
        (("", ""), {"query": "SELECT * FROM nowhere"}, 'relation "nowhere" does not exist'),
        (("", ""), {"query": "SELECT 1/0 AS id, '' AS name"}, "division by zero"),
        (("", ""), {"query": "CREATE TABLE made (i int)"}, "."),
        (("holdfast:", "nobody:"), {"table": "accounts"}, "password authentication failed"),
        (("/postgres", "/nothing"), {"table": "accounts"}, "does not exist"),
    ],
)
def test_postgres_faults_never_show_the_password(rows, postgres, change, sql, words):
    url = change[1].join(postgres.rsplit(change[0], 1)) if change[0] else postgres
    with pytest.raises(SqlFailed, match=words) as refused:
        rows({"url": url} | sql)
    assert "s3cret" not in str(refused.value)
    assert "s3cret" not in repr(refused.value)


def test_a_server_that_cannot_be_reached(rows):
    with pytest.raises(SqlFailed, match="export") as refused:
        rows({"url": "postgresql://me:s3cret-pass@127.0.0.1:1/db", "table": "t"})
    assert "s3cret" not in str(refused.value)


def test_a_password_that_the_driver_quotes_is_masked(rows):
    with pytest.raises(SqlFailed, match=r"\*\*\*") as refused:
        rows({"url": "postgresql://me:s3cret%zz@127.0.0.1:1/db", "table": "t"})
    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None
