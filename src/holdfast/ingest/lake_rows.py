"""What the lake already holds, as DuckDB views: only the files and columns that a batch needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from holdfast.lake import Lake
from holdfast.lake.layout import MONTH
from holdfast.lake.packed import given_back_sql, packs, readable_schema
from holdfast.lake.spans import touching
from holdfast.lake.stored import ARROW, PERSONS, VAULT, stored_schema
from holdfast.records import RECORDS, Column, RecordType

from .content_hash import quoted, row_hash_sql, text_literal
from .identity import day_of
from .vaulting import SQL_KIND

_SQL = {**{kind: SQL_KIND[name] for name, kind in ARROW.items()}, pa.binary(): "BLOB"}


class LakeRows:
    """Reads the newest committed state of the lake for ingest."""

    def __init__(self, con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
        self.con = con
        self.lake = lake

    def files(self, table: str, wanted: Callable[[Path], bool] = lambda path: True) -> list[str]:
        """Paths of the table's files that are ``wanted``, each verified before its first use."""
        found = self.lake.table(table)
        return found.opened([path for path in found.paths() if wanted(path)])

    def relation(self, table: str, schema: pa.Schema, wanted: Callable[[Path], bool] = lambda path: True) -> str:
        """SQL of the table's rows in the columns of ``schema``; null where its files are older than a column."""
        files = self.files(table, wanted)
        if not files:
            return _without_rows(schema)
        listed = ", ".join(text_literal(f) for f in files)
        plain = table in RECORDS and packs(RECORDS[table])
        columns = ", ".join(given_back_sql(n) if plain else quoted(n) for n in schema.names)
        return (
            f"SELECT {columns} FROM ({_without_rows(readable_schema(schema))} UNION ALL BY NAME "
            f"SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = false))"
        )

    def record(self, name: str, wanted: Callable[[Path], bool] = lambda path: True) -> str:
        """SQL of all stored versions of a record."""
        return self.relation(name, stored_schema(RECORDS[name]), wanted)

    def make_there(self, record: RecordType, source: str, batch_id: str) -> None:
        """Make ``there_<record>``: what identity compares the staged rows of the batch with.

        Rows of the batch itself are left out, so that a batch half committed before a kill judges its
        rows as it did the first time.
        """
        mine = f"source = {text_literal(source)} AND batch_id <> {text_literal(batch_id)}"
        if record.append:
            query = self._there_append(record, mine)
        else:
            key = ", ".join(quoted(k) for k in record.stored_key)
            query = (
                f"SELECT {key}, effective_at, known_at, deleted, row_hash FROM ({self.record(record.name)}) "
                f"SEMI JOIN (SELECT DISTINCT {key} FROM staged_{record.name}) USING ({key}) WHERE {mine}"
            )
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE there_{record.name} AS {query}")

    def _there_append(self, record: RecordType, mine: str) -> str:
        """Only the ids of the days that the batch touches; whole rows only where an id is met again."""
        (key,), day = record.stored_key, day_of(record)
        days = f"SELECT DISTINCT {day} FROM staged_{record.name}"
        found = [d for (d,) in self.con.execute(f"SELECT DISTINCT d FROM ({days}) t(d) WHERE d IS NOT NULL").fetchall()]
        months = {f"{MONTH}={day:%Y-%m}" for day in found}
        starts = [datetime.combine(day, time()) for day in found]
        spans = [(start, start + timedelta(days=1)) for start in starts]

        def wanted(path: Path) -> bool:
            return path.parent.name in months and bool(touching([path], record.dated_by[0], spans))

        within = self.record(record.name, wanted)
        ids = f"SELECT {quoted(key)} FROM ({within}) WHERE {mine} AND {day} IN ({days})"
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE met_ids AS {ids} "
            f"AND {quoted(key)} IN (SELECT {quoted(key)} FROM staged_{record.name})"
        )
        met = self.con.execute("SELECT 1 FROM met_ids LIMIT 1").fetchall()
        rows = (
            f"SELECT * FROM ({within}) WHERE {mine} AND {day} IN ({days}) "
            f"AND {quoted(key)} IN (FROM met_ids)" if met else _without_rows(stored_schema(record))
        )
        return f"SELECT {quoted(key)}, {day} AS _day, {row_hash_sql(record)} AS row_hash FROM ({rows})"

    def make_known_accounts(self, batch_id: str = "") -> None:
        """Make ``known_accounts``: every account id that any source has named."""
        self.con.execute(
            "CREATE OR REPLACE TEMP TABLE known_accounts AS SELECT DISTINCT account_id FROM "
            f"({self.record('account')}) WHERE batch_id <> {text_literal(batch_id)}"
        )

    def lookup(self, record: str, by: str, take: str) -> pa.Table:
        """(key, value) as texts: the newest ``take`` for each ``by``, by key."""
        kind = RECORDS[record]
        keys, values = self._plain(kind.column(by)), self._plain(kind.column(take))
        return self.con.execute(
            "SELECT key, arg_max(value, {'e': coalesce(effective_at, known_at), 'k': known_at, 'v': value}) AS value "
            f"FROM (SELECT {keys} AS key, {values} AS value, effective_at, known_at "
            f"FROM ({self.record(record)}) WHERE NOT coalesce(deleted, false)) "
            "WHERE key IS NOT NULL AND value IS NOT NULL GROUP BY key ORDER BY key"
        ).to_arrow_table()

    def _plain(self, column: Column) -> str:
        if not column.personal:
            return f"{quoted(column.name)}::VARCHAR"
        persons = self.relation(PERSONS, VAULT)
        return f"(SELECT any_value(p.value) FROM ({persons}) p WHERE p.key = {quoted(column.stored_name)})"


def _without_rows(schema: pa.Schema) -> str:
    """SQL of no rows in the columns of ``schema``."""
    nulls = ", ".join(f"NULL::{_SQL[field.type]} AS {quoted(field.name)}" for field in schema)
    return f"SELECT {nulls} WHERE false"
