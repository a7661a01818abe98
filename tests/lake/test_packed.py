"""Events are packed in their files; every reader gets the plain form back."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pyarrow as pa
import pytest

from holdfast.lake import duckdb_engine, spark_engine, stored_schema
from holdfast.lake.memory import stored_rows
from holdfast.lake.packed import BYTES, given_back_sql, packed_sql, physical_schema
from holdfast.records import RECORDS

EVENT = RECORDS["event"]
IDS = [
    "0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef0123456789ABCDEF",
    "00000000-0000-0000-0000-00000000000f", "F47AC10B-58CC-4372-A567-0E02B2C3D479",
    "f47ac10b58cc-4372-a567-0e02b2c3d479-",
    "row:00000000000000ff-12", "row:00000000000000FF-12", "007", "", "row:", "0" * 31, "é" * 32,
]
EARLY, LATE = datetime(2026, 1, 1), datetime(2026, 2, 1)


@pytest.fixture(scope="module")
def packed_file(tmp_path_factory):
    """A file as ingest writes it, with an id of each kind; every second row known when it happened."""
    given = stored_rows(pa.table({
        "event_id": IDS, "account_id": ["a"] * len(IDS),
        "occurred_at": pa.array([EARLY] * len(IDS), pa.timestamp("us")),
        "known_at": pa.array([EARLY if n % 2 else LATE for n in range(len(IDS))], pa.timestamp("us")),
    }), EVENT)
    path = str(tmp_path_factory.mktemp("packed") / "event.parquet")
    with duckdb.connect() as con:
        con.register("given", given)
        con.execute(f"COPY ({packed_sql('SELECT * FROM given')}) TO '{path}' (FORMAT parquet, PARQUET_VERSION v2)")
    return path, given


@pytest.mark.parametrize("make", [duckdb_engine, lambda: spark_engine("local[2]")], ids=["duckdb", "spark"])
def test_an_engine_gives_the_very_rows_back(packed_file, make):
    path, given = packed_file
    engine = make()
    found = engine.arrow(engine.parquet([path], stored_schema(EVENT)).order_by("line"))
    engine.close()
    for column in ("event_id", "known_at", "account_id", "occurred_at"):
        assert found[column].to_pylist() == given[column].to_pylist(), column


def test_sql_gives_the_very_rows_back(packed_file):
    path, given = packed_file
    columns = ", ".join(given_back_sql(name) for name in given.schema.names)
    assert duckdb.sql(f"SELECT {columns} FROM '{path}' ORDER BY line").to_arrow_table().to_pylist() == given.to_pylist()


def test_hex_ids_take_sixteen_bytes(packed_file):
    path, _ = packed_file
    lengths = dict(duckdb.sql(f"SELECT line - 2, octet_length({BYTES}) FROM '{path}'").fetchall())
    assert [lengths[n] for n in range(len(IDS))] == [16, 16, None, 16, 16, None, 8, None, *[None] * 5]


def test_only_events_have_another_form():
    assert [n for n, r in RECORDS.items() if physical_schema(r) != stored_schema(r)] == ["event"]
