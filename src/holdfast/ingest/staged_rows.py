"""The rows of a batch on their way into the lake: keyed, hashed, and held apart until the batch is judged."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from holdfast.definitions.source import Source
from holdfast.lake.stored import TEXTS
from holdfast.lake.vault import Vault
from holdfast.records import RECORDS, RecordType

from .content_hash import ALIASED, PLAIN, quoted, row_hash_sql, text_literal
from .mapped_chunk import MappedChunk
from .row_store import RowStore
from .vaulting import Vaulting

LINE_BITS = 40
"""a row's line id is the number of its file shifted by this, plus its line"""
_WORLD = 1 << 64
_AT_ONCE = 16 << 20
_BATCH = 16_384


class StagedRows:
    """Takes mapped chunks and keeps their rows in a RowStore.

    Plain personal values leave this class in the rows of ``persons`` and ``texts`` only.
    """

    def __init__(
        self, con: duckdb.DuckDBPyConnection, folder: Path, source: Source, vault: Vault,
    ) -> None:
        self.con = con
        self.source = source
        self.vault = vault
        self.files: list[str] = []
        self.rows_in = 0
        self.filtered = 0
        self.rejected: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.drift: dict[str, Any] | None = None
        self._store = RowStore(con, folder)
        self._waiting: dict[int, list[pa.Table]] = {}
        self._bytes = 0
        con.execute('CREATE OR REPLACE TEMP TABLE aliases("from" VARCHAR, "to" VARCHAR)')
        if source.aliases:
            con.executemany("INSERT INTO aliases VALUES (?, ?)", [list(i) for i in source.aliases.items()])

    @property
    def record_names(self) -> list[str]:
        """Record types that have staged rows, in the order of the catalogue."""
        self._flush()
        return [name for name in RECORDS if self._store.has(name)]

    def add(self, chunk: MappedChunk) -> None:
        """Stage one chunk."""
        if chunk.file not in self.files:
            self.files.append(chunk.file)
        base = self.files.index(chunk.file) << LINE_BITS
        self.rows_in += chunk.rows_in
        self.filtered += len(chunk.filtered)
        self.notes.update(chunk.notes)
        if chunk.drift is not None and self.drift is None:
            self.drift = {
                "format": chunk.drift.format, "columns": list(chunk.drift.columns),
                "missing": list(chunk.drift.missing), "extra": list(chunk.drift.extra),
                "delimiter": chunk.drift.delimiter,
            }
        for index, table in chunk.records.items():
            if table.num_rows:
                lids = pc.add(table["_line"], pa.scalar(base, pa.int64()))
                self._gather(index, table.drop_columns("_line").append_column("_lid", lids))
        if chunk.rejects.num_rows:
            self._reject(chunk.rejects, base)

    @property
    def fingerprint(self) -> int:
        """A number that tells these rows from others, whatever their order."""
        total = sum(self._sum(f"SELECT sum(hash({_told(RECORDS[n])})::HUGEINT) FROM ({self.relation(n)})")
                    for n in self.record_names)
        if rejects := self.rejects_relation():
            total += self._sum(f"SELECT sum(raw_key::HUGEINT) FROM ({rejects})")
        return total % _WORLD

    def relation(self, record: str) -> str:
        """SQL of all staged rows of ``record``."""
        self._flush()
        return self._store.read(record)

    def vault_relation(self, table: str) -> str | None:
        """SQL of the staged rows of a vault table; None if there are none."""
        self._flush()
        return self._store.read(f"vault-{table}") if self._store.has(f"vault-{table}") else None

    def rejects_relation(self) -> str | None:
        """SQL of the rejected rows: _lid, last_line, column, reason, detail, raw_key."""
        return self._store.read("rejects") if self._store.has("rejects") else None

    def replace(self, record: str, query: str) -> None:
        """Put what ``query`` makes of the rows of ``record`` in their place."""
        self._store.replace(record, query)

    def close(self) -> None:
        """Let the rows go."""
        self._store.close()

    def add_mapped(self, record: RecordType, query: str) -> None:
        """Stage rows that are in stored form already: stored columns, effective_at, _lid, _map, _plain."""
        aliased = [n for n in ALIASED if n in record.by_name] if self.source.aliases else []
        columns = f"p.* REPLACE ({_swaps(aliased)})" if aliased else "p.*"
        self._store.add(record.name, self._with_hash(record, f"SELECT {columns} FROM ({query}) p"))

    @staticmethod
    def _with_hash(record: RecordType, query: str) -> str:
        """The row hash of versioned types; that of the many rows of append types is made where it is asked for."""
        return query if record.append else with_row_hash(record, query)

    def _gather(self, index: int, table: pa.Table) -> None:
        """Chunks are staged some at a time, since a statement costs more than a row."""
        self._waiting.setdefault(index, []).append(table)
        self._bytes += table.nbytes
        if self._bytes > _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        waiting, self._waiting, self._bytes = self._waiting, {}, 0
        for index, tables in waiting.items():
            whole = pa.concat_tables(tables, promote_options="default")
            self._stage(RECORDS[self.source.records[index].record], index, whole)

    def _stage(self, record: RecordType, index: int, plain: pa.Table) -> None:
        vaulting = Vaulting(record, plain.column_names, self.vault)
        effective = "_effective_at::TIMESTAMP" if "_effective_at" in plain.column_names else "NULL::TIMESTAMP"
        stored = ", ".join(vaulting.stored())
        aliased = self._aliased(plain.column_names)
        batches = vaulting.with_people(plain).to_batches(max_chunksize=_BATCH)
        self.con.register("plain_rows", pa.Table.from_batches(batches))
        keyed, details = aliased, vaulting.details()
        if details:
            keys = ", ".join(details)
            self.con.execute(f"CREATE OR REPLACE TEMP TABLE keyed_rows AS SELECT *, {keys} FROM {aliased}")
            keyed = "keyed_rows"
        self._store.add(record.name, self._with_hash(record, (
            f"SELECT {stored}, {effective} AS effective_at, _lid, {index}::SMALLINT AS _map, "
            f"{vaulting.plain()} AS {PLAIN} FROM {keyed}"
        )))
        for table, rows in vaulting.vault_rows(keyed).items():
            self._store.add(f"vault-{table}", rows)
        self.con.unregister("plain_rows")
        if details:
            self.con.execute("DROP TABLE keyed_rows")

    def _aliased(self, columns: list[str]) -> str:
        named = [c for c in ALIASED if c in columns] if self.source.aliases else []
        if not named:
            return "plain_rows"
        return f"(SELECT p.* REPLACE ({_swaps(named)}) FROM plain_rows p)"

    def _reject(self, rejects: pa.Table, base: int) -> None:
        self.rejected.update(rejects["reason"].to_pylist())
        raw = pa.array([raw_text(b) for b in rejects["raw"].to_pylist()], pa.string())
        self.con.register("plain_rejects", rejects.append_column("_raw", raw))
        key = self.vault.sql("quarantine.raw", "_raw")
        value = self.vault.sql("quarantine.value", "nullif(value, '')")
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE keyed_rejects AS SELECT *, {key} AS raw_key, {value} AS value_key "
            "FROM plain_rejects"
        )
        self.con.unregister("plain_rejects")
        self._store.add("rejects", (
            f'SELECT {base} + line AS _lid, last_line, "column", reason, detail, raw_key, value_key FROM keyed_rejects'
        ))
        self._store.add(f"vault-{TEXTS}", (
            "SELECT DISTINCT ON (key) *, NULL::BIGINT AS owner, NULL::VARCHAR AS account_id FROM ("
            "SELECT raw_key AS key, 'quarantine' AS record, 'raw' AS \"column\", _raw AS value FROM keyed_rejects "
            "UNION ALL SELECT value_key, 'quarantine', 'value', value FROM keyed_rejects "
            "WHERE value_key IS NOT NULL)"
        ))
        self.con.execute("DROP TABLE keyed_rejects")

    def _sum(self, query: str) -> int:
        return int(self.con.execute(query).fetchall()[0][0] or 0)


def _told(record: RecordType) -> str:
    """What the fingerprint is made of."""
    return ", ".join(map(quoted, [*(c.stored_name for c in record.columns), "effective_at", "_map"]))


def with_row_hash(record: RecordType, query: str) -> str:
    """SQL of the rows of ``query``, in stored form, with their row hash."""
    return f"SELECT *, {row_hash_sql(record)} AS row_hash FROM ({query})"


def _swaps(columns: list[str]) -> str:
    return ", ".join(
        f'coalesce((SELECT any_value("to") FROM aliases WHERE "from" = p.{quoted(c)}), p.{quoted(c)}) AS {quoted(c)}'
        for c in columns
    )


def raw_text(raw: bytes) -> str:
    """Raw bytes as text that gives them back.

    >>> raw_text(b"a;1"), raw_bytes(raw_text(bytes([255, 1])))
    ('text:a;1', b'\\xff\\x01')
    """
    try:
        return "text:" + raw.decode("utf-8")
    except UnicodeDecodeError:
        return "hex:" + raw.hex()


def raw_bytes(text: str) -> bytes:
    """The bytes that ``raw_text`` was given."""
    kind, _, content = text.partition(":")
    return bytes.fromhex(content) if kind == "hex" else content.encode("utf-8")


def line_of(lid: int, files: list[str]) -> tuple[str, int]:
    """File and line of a line id.

    >>> line_of((1 << 40) + 7, ["a.csv", "b.csv"])
    ('b.csv', 7)
    """
    return files[lid >> LINE_BITS], lid & ((1 << LINE_BITS) - 1)


def file_case(files: list[str], lid: str = "_lid") -> str:
    """SQL of the file name of a line id."""
    whens = " ".join(f"WHEN {n} THEN {text_literal(f)}" for n, f in enumerate(files))
    return f"CASE {lid} >> {LINE_BITS} {whens} END" if files else "NULL::VARCHAR"


def line_sql(lid: str = "_lid") -> str:
    """SQL of the line of a line id."""
    return f"({lid} & {(1 << LINE_BITS) - 1})"


