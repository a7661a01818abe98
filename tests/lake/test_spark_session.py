"""A Spark session: one that is there already is used and left, and sizes named in its configuration stand."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from holdfast.lake import Engine, spark_engine

NOON = datetime(2026, 7, 1, 12)
ROWS = {
    "key": pa.array([2**60 + 1, None, -(2**62) - 3], pa.int64()),
    "small": pa.array([1, None, 3], pa.int32()),
    "day": pa.array([date(2026, 1, 1), None, None], pa.date32()),
    "moment": pa.array([NOON, None, None], pa.timestamp("us")),
    "number": pa.array([1.5, None, 2], pa.float64()),
    "money": pa.array([Decimal("1.5"), None, None], pa.decimal128(18, 6)),
    "yes": pa.array([True, None, False]),
    "text": pa.array(["a", None, ""]),
    "nothing": pa.array([None, None, None], pa.string()),
}
"""Each kind of column with unknown values; whole numbers that no floating one holds."""


@pytest.fixture
def spark() -> Iterator[Engine]:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    engine = spark_engine("local[1]")
    yield engine
    engine.close()


@pytest.mark.spark
def test_rows_come_out_as_they_went_in(spark):
    given = pa.table(ROWS)
    for table in (spark.frame(given), spark.cache(spark.frame(given))):
        found = spark.arrow(table)
        assert found.to_pylist() == given.to_pylist()
        assert found.schema.equals(given.schema)


@pytest.mark.spark
def test_a_step_may_hold_a_table_of_the_expression_itself(spark):
    held = ibis.memtable(pa.table({"record": ["ticket", "invoice"]}))
    assert sorted(spark.arrow(spark.cache(held))["record"].to_pylist()) == ["invoice", "ticket"]


@pytest.mark.spark
def test_a_session_that_is_there_is_used_and_left(tmp_path):
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    there = builder.config("spark.sql.shuffle.partitions", "3").getOrCreate()
    try:
        for _ in range(2):
            engine = spark_engine("spark://10.0.0.1:7077", tmp_path / "steps")
            moments = engine.frame(pa.table({"t": pa.array([NOON], pa.timestamp("us"))}))
            local = engine.cache(moments.select(t=engine.local_time(moments.t, "Europe/Berlin")))
            assert engine.arrow(local)["t"].to_pylist() == [NOON.replace(hour=14)]
            assert list((tmp_path / "steps").iterdir())
            engine.close()
            assert not (tmp_path / "steps").exists()
        assert there.range(5).count() == 5
        assert there.conf.get("spark.sql.shuffle.partitions") == "3"
    finally:
        there.stop()
