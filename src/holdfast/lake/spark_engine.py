"""The engine for those who outgrow one machine: Apache Spark, local or a cluster."""

from __future__ import annotations

import math
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Literal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.sql.compilers import PySparkCompiler

from .capabilities import require
from .local_time import BEFORE, body, call, function_name
from .packed import given_back, readable_schema

_CONFIG = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.shuffle.partitions": "4",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
}


class DoubleLiterals(PySparkCompiler):  # type: ignore[misc]
    """Floating literals as doubles: Spark takes 7.5 for a decimal, and what is computed from it has six places."""

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: dt.DataType) -> Any:  # noqa: N802
        """Each literal with its type."""
        found = super().visit_NonNullLiteral(op, value=value, dtype=dtype)
        return self.cast(found, dtype) if dtype.is_floating() and math.isfinite(value) else found


class SparkEngine:
    """One Spark session."""

    kind: Literal["duckdb", "spark"] = "spark"
    con: Any

    def __init__(self, master: str, config: dict[str, str] | None = None) -> None:
        from pyspark.sql import SparkSession

        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self._folder = Path(tempfile.mkdtemp(prefix="holdfast-spark-"))
        builder = SparkSession.builder.master(master).appName("holdfast")
        settings = {**_CONFIG, "spark.sql.warehouse.dir": str(self._folder / "warehouse"), **(config or {})}
        for name, value in settings.items():
            builder = builder.config(name, value)
        self.session: Any = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        self.con = ibis.pyspark.connect(self.session)
        self.con.compiler = DoubleLiterals()
        self._count = 0
        self._zones: set[str] = set()

    def parquet(self, files: Sequence[str], schema: pa.Schema) -> ir.Table:
        """See Engine."""
        from pyspark.sql.pandas.types import from_arrow_schema

        read = readable_schema(schema) if files else schema
        spark_schema = from_arrow_schema(read, prefer_timestamp_ntz=True)
        if files:
            data = self.session.read.schema(spark_schema).parquet(*files)
        else:
            data = self.session.createDataFrame([], spark_schema)
        table = self._view(data)
        return table if read.equals(schema) else given_back(table, schema).select(*schema.names)

    def frame(self, data: pa.Table) -> ir.Table:
        """See Engine."""
        import pyarrow.parquet as pq

        target = self._folder / f"{self._name('frame')}.parquet"
        pq.write_table(data, target)
        return self.parquet([str(target)], data.schema)

    def cache(self, table: ir.Table) -> ir.Table:
        """See Engine: written to files, so that no lineage grows without end."""
        target = self._folder / self._name("step")
        self.con.to_parquet(table, target)
        return self._view(self.session.read.parquet(str(target)))

    def release(self, *tables: ir.Table) -> None:
        """See Engine: the view goes; its files stay until the engine closes."""
        for table in tables:
            self.session.catalog.dropTempView(table.op().name)

    def arrow(self, table: ir.Table) -> pa.Table:
        """See Engine."""
        return self.con.to_pyarrow(table)

    def write(self, table: ir.Table, folder: Path) -> list[Path]:
        """See Engine."""
        self.con.to_parquet(table, folder)
        return sorted(folder.glob("part-*.parquet"))

    def sql(self, text: str) -> Any:
        """Refused: see the table of capabilities."""
        require("spark", "own statements")

    def local_time(self, moment: ir.TimestampValue, zone: str) -> ir.TimestampValue:
        """See Engine: a temporary SQL function, made once a zone."""
        if zone not in self._zones:
            number = f"datediff(CAST(t AS DATE), DATE '{BEFORE}')"
            self.session.sql(
                f"CREATE TEMPORARY FUNCTION {function_name(zone)}(t TIMESTAMP_NTZ) RETURNS TIMESTAMP_NTZ "
                f"RETURN {body(zone, number, 'TIMESTAMP_NTZ')}"
            )
            self._zones.add(zone)
        return call(moment, zone)

    def narrowed(self, column: str, values: ir.Table) -> AbstractContextManager[None]:
        """See Engine: texts stay as they are."""
        return nullcontext()

    @contextmanager
    def scratch(self) -> Iterator[None]:
        """See Engine: the views go when the block ends."""
        before = self._count
        yield
        for view in self.session.catalog.listTables():
            number = view.name.rpartition("_")[2]
            if view.name.startswith("hf_") and number.isdecimal() and int(number) > before:
                self.session.catalog.dropTempView(view.name)

    def close(self) -> None:
        """See Engine."""
        self.session.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _view(self, data: Any) -> ir.Table:
        name = self._name("view")
        data.createOrReplaceTempView(name)
        return self.con.table(name)

    def _name(self, stem: str) -> str:
        self._count += 1
        return f"hf_{stem}_{self._count}"


def spark_engine(master: str = "local[2]", config: dict[str, str] | None = None) -> SparkEngine:
    """A Spark engine on ``master``, such as ``local[2]`` or ``spark://host:port``."""
    return SparkEngine(master, config)
