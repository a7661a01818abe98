"""A Spark session: one that is there already is used and left, and sizes named in its configuration stand."""

from __future__ import annotations

import os
import sys
from datetime import datetime

import pyarrow as pa
import pytest

from holdfast.lake import spark_engine

NOON = datetime(2026, 7, 1, 12)


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
