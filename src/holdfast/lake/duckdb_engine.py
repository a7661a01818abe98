"""The embedded engine: DuckDB in memory, with a memory limit and a place to spill."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import sqlglot.expressions as sge
from ibis.backends.sql.datatypes import DuckDBType

from .compiled import compiled_of
from .fingerprint import Fingerprint, Moment
from .local_time import BEFORE, body, call, function_name
from .packed import given_back
from .statements import Statements
from .text_places import WithPlaces

ROW_GROUP = 32_768
STEPS = ops.Namespace(catalog="temp", database="main")
KINDS = {"files": "VIEW", "texts": "TYPE"}
FILES = ops.Namespace(catalog="memory", database="main")


class DuckDBEngine:
    """One in-memory DuckDB. Extensions are never fetched; results do not depend on insertion order.

    Steps are queued and run while the caller builds the next query. Whoever asks for rows of a step, or for the
    connection, waits for them; rows that come from files alone are read beside them.
    """

    kind: Literal["duckdb", "spark"] = "duckdb"

    def __init__(
        self, threads: int | None = None, memory: str = "2GB", spill: Path | None = None, compiled: Path | None = None
    ) -> None:
        self._spill = None if spill else tempfile.TemporaryDirectory(prefix="holdfast-spill-")
        config: dict[str, Any] = {
            "memory_limit": memory,
            "temp_directory": str(spill or self._spill.name if self._spill else spill),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "true",
        }
        if threads:
            config["threads"] = threads
        self._con = ibis.duckdb.connect(**config)
        self._beside = self._con.con.cursor()
        self._views: set[str] = set()
        self._statements = Statements(self._con.con)
        self._count = 0
        self._zones: set[str] = set()
        self._made: list[tuple[str, str]] | None = None
        self._narrow: dict[str, str] = {}
        self._compiler = WithPlaces()
        self._compiled = compiled_of(compiled)

    @property
    def con(self) -> ibis.BaseBackend:
        """See Engine: idle when it is handed out."""
        self._statements.wait()
        return self._con

    def parquet(self, files: Sequence[str], schema: pa.Schema) -> ir.Table:
        """See Engine."""
        if not files:
            return self.frame(schema.empty_table())
        name, listed = self._name("files"), ", ".join(f"'{_quoted(file)}'" for file in files)
        query = f"SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
        self._beside.execute(f'CREATE OR REPLACE VIEW memory.main."{name}" AS {query}')
        self._views.add(name)
        held = self._beside.sql(query)
        kinds = (DuckDBType.from_string(str(kind)) for kind in held.types)
        found = self._table(name, ibis.schema(dict(zip(held.columns, kinds, strict=True))), FILES)
        return _in_schema(given_back(found, schema), schema)

    def frame(self, data: pa.Table) -> ir.Table:
        """See Engine."""
        name, given = self._name("frame"), self._name("given")
        self._statements.later(lambda: self._con.con.register(given, data))
        table = self._filled(name, ibis.schema(data.schema), f'SELECT * FROM "{given}"')
        self._statements.later(lambda: self._con.con.unregister(given))
        return table

    def cache(self, table: ir.Table) -> ir.Table:
        """See Engine: straight into a temporary table, without asking the engine what came of it."""
        return self._filled(self._name("step"), table.schema(), self._query(table))

    def release(self, *tables: ir.Table) -> None:
        """See Engine."""
        for table in tables:
            self._later(f'DROP TABLE temp.main."{_name_of(table)}"')

    def arrow(self, table: ir.Table) -> pa.Table:
        """See Engine: without ibis' own way out, which imports pandas."""
        fingerprint = Fingerprint(table)
        query = self._query(table, fingerprint)
        at_once = not fingerprint.special and fingerprint.tables.keys() <= self._views
        found = (self._beside if at_once else self.con.con).sql(query).to_arrow_table()
        wanted = table.schema().to_pyarrow()
        if pa.null() not in wanted.types:
            return found.cast(wanted)
        columns = [
            pa.nulls(found.num_rows) if field.type == pa.null() else found.column(place).cast(field.type)
            for place, field in enumerate(wanted)
        ]
        return pa.table(columns, schema=wanted)

    def write(self, table: ir.Table, folder: Path) -> list[Path]:
        """See Engine."""
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "part-0.parquet"
        query = self._query(table)
        options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}"
        self.sql(f"COPY ({query}) TO '{_quoted(target)}' ({options})")
        return [target]

    def named(self, name: str, data: pa.Table) -> None:
        """Hold a small table under a name of the caller's."""
        self.con.con.register("hf_passing", data)
        try:
            self.sql(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM hf_passing')
        finally:
            self.con.con.unregister("hf_passing")

    def compiled(self, table: ir.Table) -> str:
        """The query as a text."""
        return self._query(table)

    def sql(self, text: str) -> Any:
        """Run a statement of our own on the underlying connection."""
        return self.con.con.execute(text)

    def local_time(self, moment: ir.TimestampValue, zone: str) -> ir.TimestampValue:
        """See Engine: a macro, made once a zone."""
        if zone not in self._zones:
            number = f"CAST(t AS DATE) - DATE '{BEFORE}'"
            self._later(f"CREATE TEMP MACRO {function_name(zone)}(t) AS {body(zone, number, 'TIMESTAMP')}")
            self._zones.add(zone)
        return call(moment, zone)

    @contextmanager
    def narrowed(self, column: str, values: ir.Table) -> Iterator[None]:
        """See Engine: an enumeration in the order of the texts."""
        name, before = self._name("texts"), self._narrow
        known = self._query(values.distinct().order_by(column))
        self._later(f'CREATE TYPE "{name}" AS ENUM ({known})')
        self._narrow = {**before, column: name}
        try:
            yield
        finally:
            self._narrow = before

    @contextmanager
    def scratch(self) -> Iterator[None]:
        """See Engine."""
        before, self._made = self._count, []
        try:
            yield
        finally:
            try:
                self._statements.wait()
            finally:
                self._later(*(f'DROP {kind} IF EXISTS "{name}"' for kind, name in reversed(self._made)))
                self._statements.wait()
                self._count, self._made = before, None

    def close(self) -> None:
        """See Engine."""
        self._compiled.keep()
        self._statements.close()
        self._beside.close()
        self._con.disconnect()
        if self._spill:
            self._spill.cleanup()

    def _query(self, table: ir.Table, fingerprint: Fingerprint | None = None) -> str:
        fingerprint = fingerprint or Fingerprint(table)
        if fingerprint.special:
            self._statements.later(partial(self._con._run_pre_execute_hooks, table))
        return self._compiled.text(fingerprint, partial(self._compile, table))

    def _compile(self, table: ir.Table, numbers: Mapping[Moment, int] | None) -> str:
        self._compiler.numbers = numbers
        with _unfused():
            return str(self._compiler.to_sqlglot(table).sql(dialect=self._con.dialect, copy=False))

    def _filled(self, name: str, schema: ibis.Schema, query: str) -> ir.Table:
        kept = ibis.schema({column: _stored_type(kind) for column, kind in schema.items()})
        columns = ", ".join(self._column(c) for c in kept.to_sqlglot_column_defs(self._con.dialect))
        self._later(f'CREATE OR REPLACE TEMP TABLE "{name}" ({columns})', f'INSERT INTO "{name}" {query}')
        return self._table(name, kept)

    def _column(self, defined: sge.ColumnDef) -> str:
        narrow = self._narrow.get(defined.name)
        return f'"{defined.name}" "{narrow}"' if narrow else str(defined.sql(self._con.dialect))

    def _table(self, name: str, schema: ibis.Schema, place: ops.Namespace = STEPS) -> ir.Table:
        return ops.DatabaseTable(name=name, schema=schema, source=self._con, namespace=place).to_expr()

    def _later(self, *texts: str) -> None:
        self._statements.later(*(partial(self._con.con.execute, text) for text in texts))

    def _name(self, stem: str) -> str:
        self._count += 1
        name = f"hf_{stem}_{self._count}"
        if self._made is not None:
            self._made.append((KINDS.get(stem, "TABLE"), name))
        return name


def duckdb_engine(
    threads: int | None = None, memory: str = "2GB", spill: Path | None = None, compiled: Path | None = None
) -> DuckDBEngine:
    """A fresh embedded engine. ``memory`` such as 2GB; ``spill`` is a folder for what does not fit.

    ``compiled`` is a file that keeps the texts of queries from one process to the next.

    >>> engine = duckdb_engine(threads=1)
    >>> engine.arrow(engine.frame(pa.table({"n": [1, 2]})).aggregate(n=ibis._.count())).to_pylist()
    [{'n': 2}]
    >>> engine.close()
    """
    return DuckDBEngine(threads, memory, spill, compiled)


def _in_schema(table: ir.Table, schema: pa.Schema) -> ir.Table:
    wanted = ibis.schema(schema)
    present = set(table.columns)
    return table.select(**{
        name: table[name] if name in present else ibis.null(kind) for name, kind in wanted.items()
    }).cast(wanted)


@contextmanager
def _unfused() -> Iterator[None]:
    """Have ibis leave one select a step: fusing repeats an expression wherever it is used, and takes long."""
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before


@lru_cache(maxsize=256)
def _stored_type(kind: dt.DataType) -> dt.DataType:
    """The type that a column of ``kind`` has once it is stored: moments have six digits, for one."""
    return DuckDBType.from_string(DuckDBType.to_string(kind), nullable=kind.nullable)


def _name_of(table: ir.Table) -> str:
    """Without its place: ``get_name`` puts that before it."""
    held = table.op()
    assert isinstance(held, ops.DatabaseTable)
    return str(held.name)


def _quoted(path: Path | str) -> str:
    return str(path).replace("'", "''")
