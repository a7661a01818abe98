"""The Parquet files that a judged batch will add to the lake, written below its staging folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from holdfast.definitions.source import Source
from holdfast.lake import PERSONS, TEXTS, VAULT, stored_schema
from holdfast.lake.layout import MONTH, append_order, parquet
from holdfast.lake.packed import packed_sql, packs, physical_schema
from holdfast.lake.vault import Vault
from holdfast.records import RECORDS, RecordType

from .content_hash import PLAIN, quoted, text_literal
from .identity import NO_DATE, dated
from .lake_rows import LakeRows
from .snapshot_rows import gone_rows
from .staged_rows import StagedRows, file_case, line_sql

QUARANTINE = "quarantine"
QUARANTINE_SCHEMA = pa.schema([
    ("batch_id", pa.string()), ("source", pa.string()), ("file", pa.string()), ("line", pa.int64()),
    ("last_line", pa.int64()), ("lid", pa.int64()), ("record", pa.string()), ("column", pa.string()),
    ("reason", pa.string()), ("detail", pa.string()), ("raw_key", pa.int64()), ("value_key", pa.int64()),
    ("account_id", pa.string()),
    ("known_at", pa.timestamp("us")),
])
"""Form of the table ``quarantine``: each source row that was set aside. Its raw form stands in ``texts``."""
_FEW_MONTHS = 3


@dataclass(frozen=True)
class BatchStamp:
    """What every row of a batch carries.

    ``held_from`` is set for rows that come out of quarantine: an undated version held from the day its
    batch was loaded, although it is known only now.
    """

    source: Source
    batch_id: str
    known_at: datetime
    held_from: datetime | None = None

    @property
    def replay(self) -> bool:
        """Whether the rows come out of quarantine."""
        return self.held_from is not None

    @property
    def own(self) -> str:
        """The batch whose rows in the lake do not count as there: none for a replay."""
        return "" if self.replay else self.batch_id

    @property
    def known(self) -> str:
        """SQL of the load time."""
        return _moment(self.known_at)

    def effective(self, record: RecordType) -> str:
        """SQL of the moment from which a version holds."""
        if self.held_from is None or record.append:
            return "effective_at"
        return f"coalesce(effective_at, {_moment(self.held_from)})"


@dataclass
class BatchFiles:
    """Writes the files of one judged batch and lists them by table."""

    con: duckdb.DuckDBPyConnection
    rows: StagedRows
    there: LakeRows
    stamp: BatchStamp
    vault: Vault
    folder: Path

    def write(self) -> dict[str, list[dict[str, Any]]]:
        """All files, by table: path, partition, rows. Everything is on disk when this returns."""
        self._quarantine()
        if self.stamp.replay:
            self.con.execute("DELETE FROM set_aside; DELETE FROM quarantined")
        manifest = {t: files for t in (PERSONS, TEXTS) if (files := self._vault(t))}
        for record in self._records():
            if files := self._record(record):
                manifest[record.name] = files
        if self._any("quarantined"):
            manifest[QUARANTINE] = self._file(QUARANTINE, "SELECT * FROM quarantined ORDER BY lid", QUARANTINE_SCHEMA)
        for entry in (e for files in manifest.values() for e in files):
            _sync(Path(entry["path"]))
        return manifest

    def _any(self, table: str) -> bool:
        return bool(self.con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall())

    def _records(self) -> list[RecordType]:
        mapped = {m.record for m in self.stamp.source.records} if self._full_export() else set()
        return [r for n, r in RECORDS.items() if n in mapped | set(self.rows.record_names)]

    def _full_export(self) -> bool:
        return self.stamp.source.mode == "snapshot" and self.rows.rows_in > 0 and not self.stamp.replay

    def _record(self, record: RecordType) -> list[dict[str, Any]]:
        parts = [self._kept(record)] if record.name in self.rows.record_names else []
        if self._full_export() and not record.append:
            parts.append(gone_rows(self.rows, self.there, record, self.stamp.source, self.stamp.batch_id,
                                   self.stamp.known))
        schema = stored_schema(record)
        first = ["account_id"] if "account_id" in record.by_name else []
        union = " UNION ALL BY NAME ".join(f"({p})" for p in parts)
        names = ", ".join(quoted(n) for n in schema.names)
        if not record.append:
            order = ", ".join(quoted(n) for n in (*first, *record.stored_key, "effective_at", "row_hash", "line"))
            return self._file(record.name, f"SELECT {names} FROM ({union}) ORDER BY {order}", schema)
        return self._months(record, f"SELECT {names} FROM ({union})")

    def _kept(self, record: RecordType) -> str:
        source, stamp = self.stamp.source, self.stamp
        believed = {
            "loaded": stamp.known,
            "occurred_at": f"least(coalesce(nullif({dated(record)}, {NO_DATE}), effective_at, {stamp.known}), "
                           f"{stamp.known})",
            "effective_at": f"least(coalesce(effective_at, nullif({dated(record)}, {NO_DATE}), {stamp.known}), "
                            f"{stamp.known})",
        }[source.known_at]
        columns = ", ".join(quoted(c.stored_name) for c in record.columns)
        return (
            f"SELECT {columns}, {text_literal(source.source)} AS source, {text_literal(stamp.batch_id)} AS batch_id, "
            f"{believed} AS known_at, {stamp.effective(record)} AS effective_at, false AS deleted, "
            f"{'NULL::BIGINT AS ' if record.append else ''}row_hash, {file_case(self.rows.files)} AS file, "
            f"{line_sql()} AS line FROM staged_{record.name} "
            "ANTI JOIN bad_lines USING (_lid) "
            f"ANTI JOIN repeated_{record.name} USING (_lid, _map)"
        )

    def _quarantine(self) -> None:
        """Make ``quarantined`` (the rows of the quarantine table) and ``set_aside`` (their mapped form)."""
        bad = self.con.execute("SELECT count(*) FROM bad_lines").fetchall()[0][0]
        set_aside = " UNION ALL ".join(mapped_row(RECORDS[n]) for n in self.rows.record_names if bad)
        empty = "SELECT NULL::BIGINT AS _lid, NULL::SMALLINT AS _map, NULL::VARCHAR AS j, NULL::VARCHAR AS a LIMIT 0"
        key = self.vault.sql("quarantine.row", "raw")
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE set_aside AS SELECT *, {key} AS raw_key FROM (SELECT _lid, "
            "'rows:[' || string_agg(j, ',' ORDER BY _map) || ']' AS raw, min(a) AS account_id "
            f"FROM ({set_aside or empty}) GROUP BY _lid)"
        )
        rejects = self.rows.rejects_relation()
        rejected = (
            "UNION ALL SELECT _lid, last_line, NULL, \"column\", reason, detail, raw_key, value_key, NULL "
            f"FROM ({rejects})" if rejects else ""
        )
        stamp = self.stamp
        self.con.execute(
            "CREATE OR REPLACE TEMP TABLE quarantined AS "
            f"SELECT {text_literal(stamp.batch_id)} AS batch_id, {text_literal(stamp.source.source)} AS source, "
            f"{file_case(self.rows.files)} AS file, {line_sql()} AS line, "
            f'coalesce(last_line, {line_sql()}) AS last_line, _lid AS lid, record, "column", reason, detail, raw_key, '
            f"value_key, account_id, {stamp.known} AS known_at FROM ("
            "(SELECT DISTINCT ON (b._lid) b._lid, NULL::BIGINT AS last_line, b.record, b.\"column\", b.reason, "
            "b.detail, s.raw_key, NULL::BIGINT AS value_key, s.account_id "
            "FROM bad_lines b LEFT JOIN set_aside s USING (_lid) "
            f"ORDER BY b._lid, b.reason DESC) {rejected})"
        )

    def _vault(self, table: str) -> list[dict[str, Any]]:
        """Vault rows whose key the lake does not have yet."""
        staged = self.rows.vault_relation(table)
        parts = [f"SELECT * FROM ({staged})"] if staged else []
        if table == TEXTS:
            parts.append(
                "SELECT raw_key AS key, 'quarantine' AS record, 'row' AS \"column\", raw AS value, "
                "NULL::BIGINT AS owner, account_id FROM set_aside"
            )
        if not parts:
            return []
        union = " UNION ALL BY NAME ".join(f"({p})" for p in parts)
        mine = f"batch_id <> {text_literal(self.stamp.own)}"
        query = (
            f"SELECT DISTINCT ON (key) key, record, \"column\", value, owner, account_id, "
            f"{text_literal(self.stamp.batch_id)} AS batch_id, {self.stamp.known} AS known_at FROM ({union}) "
            f"ANTI JOIN (SELECT key FROM ({self.there.relation(table, VAULT)}) WHERE {mine}) USING (key) "
            "ORDER BY key, account_id"
        )
        return self._file(table, query, VAULT)

    def _file(self, table: str, query: str, schema: pa.Schema) -> list[dict[str, Any]]:
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / f"{table}.parquet"
        names = ", ".join(quoted(n) for n in schema.names)
        rows = self._copy(f"SELECT {names} FROM ({query})", target, schema)
        return [{"path": str(target), "partition": {}, "rows": rows}] if rows else []

    def _months(self, record: RecordType, query: str) -> list[dict[str, Any]]:
        """One file a month, each in the order of ``append_order``."""
        day, schema = quoted(record.dated_by[0]), physical_schema(record)
        firsts = f"SELECT DISTINCT date_trunc('month', {day}) FROM ({query})"
        months = [
            m for (m,) in self.con.execute(f"SELECT strftime(m, '%Y-%m') FROM ({firsts}) t(m) ORDER BY 1").fetchall()
        ]
        many = len(months) > _FEW_MONTHS
        if many:
            self.con.execute(f"CREATE OR REPLACE TEMP TABLE by_month AS {query}")
            query = "SELECT * FROM by_month"
        entries: list[dict[str, Any]] = []
        for month in months:
            first = f"DATE '{month}-01'"
            inside = f"WHERE {day} >= {first} AND {day} < {first} + INTERVAL 1 MONTH"
            within = inside if len(months) > 1 else ""
            rows = f"SELECT * FROM ({query}) {within}"
            wanted = f"SELECT * FROM ({packed_sql(rows) if packs(record) else rows}) ORDER BY {append_order(record)}"
            entries += [
                {**f, "partition": {MONTH: month}} for f in self._file(f"{record.name}.{month}", wanted, schema)
            ]
        if many:
            self.con.execute("DROP TABLE by_month")
        return entries

    def _copy(self, query: str, target: Path, schema: pa.Schema) -> int:
        written = self.con.execute(
            f"COPY ({query}) TO {text_literal(str(target))} "
            f"({parquet(schema)})"
        ).fetchall()
        return int(written[0][0])


def mapped_row(record: RecordType) -> str:
    """SQL of the staged rows that are bad as JSON of texts, from which ``typed_row`` gives them back."""
    columns = [*(c.stored_name for c in record.columns), "effective_at", PLAIN]
    pairs = ", ".join(f"{text_literal(n)}: {quoted(n)}::VARCHAR" for n in columns)
    account = "account_id" if "account_id" in record.by_name else "NULL::VARCHAR"
    return (
        f"SELECT _lid, _map, to_json({{'record': '{record.name}', 'map': _map::VARCHAR, 'row': {{{pairs}}}}})::VARCHAR "
        f"AS j, {account} AS a FROM staged_{record.name} SEMI JOIN bad_lines USING (_lid)"
    )


def schemas(tables: Sequence[str]) -> dict[str, tuple[pa.Schema, tuple[str, ...]]]:
    """Schema and partition columns of the tables that ingest writes."""
    found: dict[str, tuple[pa.Schema, tuple[str, ...]]] = {}
    for name in tables:
        if name in RECORDS:
            found[name] = (physical_schema(RECORDS[name]), (MONTH,) if RECORDS[name].append else ())
        else:
            found[name] = (QUARANTINE_SCHEMA if name == QUARANTINE else VAULT, ())
    return found


def _moment(value: datetime) -> str:
    return f"TIMESTAMP '{value.replace(tzinfo=None).isoformat(sep=' ')}'"


def _sync(path: Path) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())
