"""Parquet: typed columns cast directly; a damaged file is refused whole."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.errors.ingest import BadFile, NoSuchFile, SchemaChange
from holdfast.ingest import limits
from holdfast.ingest.read_parquet import check_schemas

RECORDS = {
    "subscription": {
        "subscription_id": "id",
        "account_id": "account",
        "starts_on": "start",
        "mrr": "mrr",
        "auto_renew": "auto",
    }
}


@pytest.fixture
def table():
    return pa.table(
        {
            "id": pa.array([7, 8], pa.int64()),
            "account": pa.array(["a", "b"]).dictionary_encode(),
            "start": pa.array([datetime(2026, 1, 1, 23, 30), datetime(2026, 7, 1)], pa.timestamp("ns")),
            "mrr": pa.array([1234.5, 2.0]),
            "auto": pa.array([True, None]),
            "nested": pa.array([{"b": [1, 2], "a": "x"}, None]),
            "seats": pa.array([Decimal("1.50"), None]),
        }
    )


def test_typed_columns_need_no_settings(load, table, tmp_path):
    pq.write_table(table, tmp_path / "x.parquet")
    found = load(tmp_path / "x.parquet", RECORDS, decimal=",", date_format="%d.%m.%Y", zone="Europe/Berlin")
    assert found.column("subscription_id") == ["7", "8"]
    assert found.column("account_id") == ["a", "b"]
    assert found.column("starts_on") == [date(2026, 1, 1), date(2026, 7, 1)]
    assert found.column("mrr") == [Decimal("1234.5"), Decimal("2")]
    assert found.column("auto_renew") == [True, None]
    assert found.column("_line") == [1, 2]
    assert found.rows[0]["attributes"] == '{"nested":{"b":[1,2],"a":"x"},"seats":"1.50"}'


def test_zoned_times_and_bad_values(load, tmp_path):
    when = pa.array([datetime(2026, 1, 1, 12), None, datetime(1, 1, 1)], pa.timestamp("us", "America/New_York"))
    values = pa.table({"id": ["1", "2", "3"], "at": when, "revenue": [1.0, float("nan"), 1.0]})
    pq.write_table(values, tmp_path / "x.parquet")
    records = {"account": {"account_id": "id", "created_at": "at", "revenue": "revenue"}}
    found = load(tmp_path / "x.parquet", records, zone="Europe/Berlin")
    assert found.column("created_at") == [datetime(2026, 1, 1, 12)]
    assert found.reasons == {2: "not_finite", 3: "out_of_range"}
    assert b'"id":"2"' in found.rejects[0]["raw"]


def test_text_that_is_not_unicode_is_one_reject(load, tmp_path):
    names = pa.array([b"ok", b"\xff\xfe", b"fine"], pa.binary())
    pq.write_table(pa.table({"id": ["1", "2", "3"], "name": names}), tmp_path / "x.parquet")
    found = load(tmp_path / "x.parquet", {"account": {"account_id": "id", "name": "name"}})
    assert found.column("name") == ["ok", "fine"]
    assert [(r["line"], r["reason"], r["column"]) for r in found.rejects] == [(2, "bad_encoding", "name")]


def test_b10_a_very_long_text_is_one_reject(load, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_LINE_BYTES", 1_000)
    pq.write_table(pa.table({"id": ["1", "2"], "name": ["x" * 2_000, None]}), tmp_path / "x.parquet")
    found = load(tmp_path / "x.parquet", {"account": {"account_id": "id", "name": "name"}})
    assert (found.reasons, found.column("account_id")) == ({1: "too_long"}, ["2"])


def test_many_rows_come_in_bounded_chunks(load, tmp_path):
    count = limits.MAX_CHUNK_ROWS + 10
    pq.write_table(pa.table({"id": [str(i) for i in range(count)]}), tmp_path / "x.parquet")
    found = load(tmp_path / "x.parquet", {"account": {"account_id": "id"}})
    assert found.column("_line") == list(range(1, count + 1))


def damaged(data: bytes, how: str) -> bytes:
    middle = data.index(b"account-0001")
    return {
        "bad magic": b"XXXX" + data[4:-4] + b"XXXX",
        "truncated footer": data[: len(data) - 20],
        "half": data[: len(data) // 2],
        "empty": b"",
        "footer length": data[:-8] + b"\xff\xff\xff\x7f" + data[-4:],
        "page checksum": data[:middle] + b"ACCOUNT" + data[middle + 7 :],
        "no parquet": b"id,account\n1,a\n" * 10,
    }[how]


@pytest.mark.parametrize(
    "how", ["bad magic", "truncated footer", "half", "empty", "footer length", "page checksum", "no parquet"]
)
def test_b12_a_damaged_file_is_one_clear_error(load, tmp_path, how):
    values = pa.table({"id": [str(i) for i in range(500)], "account": [f"account-{i:04}" for i in range(500)]})
    pq.write_table(
        values,
        tmp_path / "x.parquet",
        write_page_checksum=True,
        compression="none",
        use_dictionary=False,
    )
    data = damaged((tmp_path / "x.parquet").read_bytes(), how)
    with pytest.raises(BadFile, match=r"x\.parquet: this is not a readable Parquet file"):
        load(data, {"account": {"account_id": "account"}}, "x.parquet")


def test_b12_a_missing_file_is_named(load, tmp_path):
    with pytest.raises(NoSuchFile, match="nowhere"):
        load(tmp_path / "nowhere.parquet", RECORDS)


def write(folder, name, kind, value):
    pq.write_table(pa.table({"amount": pa.array([value], kind)}), folder / name)
    return folder / name


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ((pa.decimal128(10, 2), Decimal("1.50")), (pa.decimal128(18, 4), Decimal("1.5000"))),
        ((pa.timestamp("ms"), datetime(2026, 1, 1)), (pa.timestamp("us"), datetime(2026, 1, 1))),
        ((pa.int32(), 1), (pa.int64(), 1)),
        ((pa.int64(), 1), (pa.string(), "1")),
        ((pa.date32(), date(2026, 1, 1)), (pa.timestamp("us"), datetime(2026, 1, 1))),
    ],
)
def test_b13_types_that_widen_are_reported(tmp_path, one, two):
    files = [write(tmp_path, "a.parquet", *one), write(tmp_path, "b.parquet", *two)]
    for order in (files, files[::-1]):
        changes = check_schemas(order)
        assert len(changes) == 1
        assert "amount" in changes[0]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ((pa.timestamp("us"), datetime(2026, 1, 1)), (pa.timestamp("us", "UTC"), datetime(2026, 1, 1))),
        ((pa.float64(), 1.5), (pa.decimal128(10, 2), Decimal("1.50"))),
        ((pa.bool_(), True), (pa.int64(), 1)),
        ((pa.decimal128(18, 6), Decimal("1.5")), (pa.decimal128(18, 2), Decimal("1.5"))),
    ],
)
def test_b13_types_that_do_not_fit_are_refused(tmp_path, one, two):
    files = [write(tmp_path, "a.parquet", *one), write(tmp_path, "b.parquet", *two)]
    with pytest.raises(SchemaChange, match=r"amount.*a\.parquet"):
        check_schemas(files)
