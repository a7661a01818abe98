"""Tables and engines: Delta files with versions, engines over them, and the as-of view of a record."""

from __future__ import annotations

from holdfast.failpoint import failpoint

from .as_of import Clock
from .delta_table import LakeTable, StagedFile
from .duckdb_engine import DuckDBEngine, duckdb_engine
from .engine import Engine
from .lake import Lake
from .local_time import end_of_day
from .memory import memory_snapshot
from .snapshot import Snapshot
from .spark_engine import SparkEngine, spark_engine
from .stored import PERSONS, ROLLUP, TEXTS, VAULT, stored_schema
from .text_marks import MARKS, TEXT_MARKS
from .vault import Vault

__all__ = [
    "MARKS", "PERSONS", "ROLLUP", "TEXTS", "TEXT_MARKS", "VAULT", "Clock", "DuckDBEngine", "Engine", "Lake",
    "LakeTable", "Snapshot", "SparkEngine", "StagedFile", "Vault", "duckdb_engine", "end_of_day", "failpoint",
    "memory_snapshot", "spark_engine", "stored_schema",
]
