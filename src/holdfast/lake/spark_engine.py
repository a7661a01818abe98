"""The engine for those who outgrow one machine: Apache Spark, local or a cluster."""

from __future__ import annotations

import math
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.sql.compilers import PySparkCompiler

from holdfast.errors.lake import NoSpark

from .capabilities import require
from .local_time import BEFORE, body, call, function_name
from .packed import given_back, readable_schema

_SPARED = {"spark.sql.autoBroadcastJoinThreshold": "1MB", "spark.sql.sources.fileCompressionFactor": "8"}
"""What is joined by way of the driver is small: a step of 10 MB in its files, Spark's own limit, fills 1 GB as rows."""
_CONFIG = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    **_SPARED,
}
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
_PARTITIONS = "spark.sql.shuffle.partitions"
FEW = 4
"""Partitions of a shuffle where the session's own configuration names no number."""


class DoubleLiterals(PySparkCompiler):  # type: ignore[misc]
    """Floating literals as doubles: Spark takes 7.5 for a decimal, and what is computed from it has six places."""

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: dt.DataType) -> Any:  # noqa: N802
        """Each literal with its type."""
        found = super().visit_NonNullLiteral(op, value=value, dtype=dtype)
        return self.cast(found, dtype) if dtype.is_floating() and math.isfinite(value) else found


class SparkEngine:
    """A Spark session of its own, or the one that this process has.

    ``folder``, which the engine empties, holds its steps: all workers see it under the same path.
    """

    kind: Literal["duckdb", "spark"] = "spark"
    con: Any
    session: Any

    def __init__(self, master: str, folder: Path | None = None) -> None:
        network = _LOOPBACK if on_this_machine(master) else {}
        if network:
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self._folder = _emptied(folder) if folder else Path(tempfile.mkdtemp(prefix="holdfast-spark-"))
        place = {"spark.sql.warehouse.dir": _uri(self._folder / "warehouse")}
        try:
            self.session, self._own = _session(master, {**_CONFIG, **network, **place})
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self.session.sparkContext.setLogLevel("ERROR")
        if self.session.sparkContext.getConf().get(_PARTITIONS) is None:
            self.session.conf.set(_PARTITIONS, FEW)
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
            data = self.session.read.schema(spark_schema).parquet(*map(_uri, files))
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
        """See Engine: written to files, so that no lineage grows without end; read by the schema that is known."""
        target, data = _uri(self._folder / self._name("step")), self._data(table)
        data.write.parquet(target)
        return self._view(self.session.read.schema(data.schema).parquet(target))

    def release(self, *tables: ir.Table) -> None:
        """See Engine: the view goes; its files stay until the engine closes."""
        for table in tables:
            self.session.catalog.dropTempView(table.op().name)

    def arrow(self, table: ir.Table) -> pa.Table:
        """See Engine: without ibis' own way out, by which whole numbers beside unknown ones become floating."""
        found: pa.Table = self._data(table).toArrow()
        return found.cast(table.schema().to_pyarrow())

    def write(self, table: ir.Table, folder: Path) -> list[Path]:
        """See Engine."""
        self._data(table).write.parquet(_uri(folder))
        return sorted(folder.glob("part-*.parquet"))

    def sql(self, text: str) -> Any:
        """Refused: see the table of capabilities."""
        require("spark", "own statements")

    def local_time(self, moment: ir.TimestampValue, zone: str) -> ir.TimestampValue:
        """See Engine: a temporary SQL function, made once a zone."""
        if zone not in self._zones:
            number = f"datediff(CAST(t AS DATE), DATE '{BEFORE}')"
            self.session.sql(
                f"CREATE OR REPLACE TEMPORARY FUNCTION {function_name(zone)}(t TIMESTAMP_NTZ) RETURNS TIMESTAMP_NTZ "
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
        """See Engine: a session that was there before stays."""
        if self._own:
            self.session.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _data(self, table: ir.Table) -> Any:
        self.con._run_pre_execute_hooks(table)
        return self.session.sql(self.con.compile(table))

    def _view(self, data: Any) -> ir.Table:
        name = self._name("view")
        data.createOrReplaceTempView(name)
        return self.con.table(name)

    def _name(self, stem: str) -> str:
        self._count += 1
        return f"hf_{stem}_{self._count}"


def spark_engine(master: str = "local[2]", folder: Path | None = None) -> SparkEngine:
    """A Spark engine on ``master``, such as ``local[2]`` or ``spark://host:port``; see SparkEngine for ``folder``."""
    return SparkEngine(master, folder)


def _session(master: str, config: Mapping[str, str]) -> tuple[Any, bool]:
    """The session, and whether it was begun here."""
    try:
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master(master).appName("holdfast")
        for name, value in config.items():
            builder = builder.config(name, value)
        before = SparkSession.getActiveSession()
        return builder.getOrCreate(), before is None
    except ImportError as error:
        raise NoSpark(master=master, problem="pyspark is missing: pip install 'holdfast[spark]'") from error
    except Exception as error:
        java = "JAVA_GATEWAY_EXITED" in str(error)
        problem = "Java 17 did not start" if java else "the master does not answer, or ended the session"
        raise NoSpark(master=master, problem=problem) from error


def on_this_machine(master: str) -> bool:
    """Whether driver and workers are one machine, so that nobody else need reach the driver.

    >>> [on_this_machine(m) for m in ("local[2]", "spark://127.0.0.1:7077", "spark://10.0.0.5:7077", "yarn")]
    [True, True, False, False]
    """
    return master.startswith("local") or urlsplit(master).hostname in ("127.0.0.1", "localhost")


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _uri(path: Path | str) -> str:
    """With its scheme: a cluster may take a bare path for one of its own store."""
    return f"file://{path}"
