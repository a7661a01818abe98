"""The rows of a batch on their way into the lake: keyed, hashed, and in Parquet files below the staging folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from holdfast.definitions.source import Source
from holdfast.lake.stored import TEXTS
from holdfast.lake.vault import Vault
from holdfast.records import RECORDS, RecordType

from .content_hash import content_hash_sql, quoted, signed, text_literal
from .mapped_chunk import MappedChunk
from .vaulting import Vaulting

LINE_BITS = 40
"""a row's line id is the number of its file shifted by this, plus its line"""
ALIASED = ("account_id", "parent_id")
"""columns that aliases may rewrite; they count in the row hash, but not in the content hash"""
_WORLD = 1 << 64


class StagedRows:
    """Takes mapped chunks and keeps their rows in files; only counts stay in memory.

    Plain personal values leave this class in the files of ``persons`` and ``texts`` only.
    """

    def __init__(
        self, con: duckdb.DuckDBPyConnection, folder: Path, source: Source, vault: Vault,
    ) -> None:
        self.con = con
        self.folder = folder
        self.source = source
        self.vault = vault
        self.files: list[str] = []
        self.rows_in = 0
        self.filtered = 0
        self.rejected: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.fingerprint = 0
        self.drift: dict[str, Any] | None = None
        self._parts: dict[str, list[str]] = {}
        self._salt = f"{vault.key('row hash', ''):x}"
        con.execute('CREATE OR REPLACE TEMP TABLE aliases("from" VARCHAR, "to" VARCHAR)')
        if source.aliases:
            con.executemany("INSERT INTO aliases VALUES (?, ?)", [list(i) for i in source.aliases.items()])

    @property
    def record_names(self) -> list[str]:
        """Record types that have staged rows, in the order of the catalogue."""
        return [name for name in RECORDS if name in self._parts]

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
                self._stage(RECORDS[self.source.records[index].record], index, table, base)
        if chunk.rejects.num_rows:
            self._reject(chunk.rejects, base)

    def relation(self, record: str) -> str:
        """SQL of all staged rows of ``record``."""
        return self._read(record)

    def vault_relation(self, table: str) -> str | None:
        """SQL of the staged rows of a vault table; None if there are none."""
        return self._read(f"vault-{table}") if f"vault-{table}" in self._parts else None

    def rejects_relation(self) -> str | None:
        """SQL of the rejected rows: _lid, last_line, column, reason, detail, raw_key."""
        return self._read("rejects") if "rejects" in self._parts else None

    def replace(self, record: str, query: str) -> None:
        """Write the rows of ``record`` anew from ``query``."""
        target = self._path(f"{record}.whole")
        self.con.execute(f"COPY ({query}) TO {text_literal(str(target))} (FORMAT parquet)")
        self._parts[record] = [str(target)]

    def add_mapped(self, record: RecordType, query: str) -> None:
        """Stage rows that are in stored form already: stored columns, effective_at, _lid, _map, _content."""
        aliased = [n for n in ALIASED if n in record.by_name] if self.source.aliases else []
        columns = f"p.* REPLACE ({_swaps(aliased)})" if aliased else "p.*"
        self._write(record.name, self._with_hash(record, f"SELECT {columns} FROM ({query}) p"))

    def _with_hash(self, record: RecordType, query: str) -> str:
        """The row hash: over the content and the account ids, salted with the workspace's secret."""
        named = [quoted(n) for n in ALIASED if n in record.by_name]
        parts = ", ".join([text_literal(self._salt), "_content::VARCHAR", *(f"coalesce({n}, '')" for n in named)])
        return f"SELECT *, {signed(f'md5_number_lower(concat_ws(chr(31), {parts}))')} AS row_hash FROM ({query})"

    def _stage(self, record: RecordType, index: int, plain: pa.Table, base: int) -> None:
        vaulting = Vaulting(record, plain.column_names, self.vault)
        filled = [c.name for c in record.columns if _filled(plain, c.name)]
        content = content_hash_sql([n for n in filled if n not in ALIASED])
        self.con.register("plain_rows", plain)
        hashed = f"(SELECT *, {content} AS _content FROM {self._aliased(plain.column_names)})"
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE keyed_rows AS {vaulting.keyed(hashed)}")
        self.con.unregister("plain_rows")
        effective = "_effective_at::TIMESTAMP" if "_effective_at" in plain.column_names else "NULL::TIMESTAMP"
        stored = ", ".join(vaulting.stored())
        self._write(record.name, self._with_hash(record, (
            f"SELECT {stored}, {effective} AS effective_at, {base} + _line AS _lid, {index}::SMALLINT AS _map, "
            "_content FROM keyed_rows"
        )))
        for table, rows in vaulting.vault_rows("keyed_rows").items():
            self._write(f"vault-{table}", rows)
        told = ["_content", *(n for n in (*ALIASED, "_effective_at") if _filled(plain, n))]
        self._count(f"SELECT sum(hash({', '.join(map(quoted, told))}, {index})::HUGEINT) FROM keyed_rows")
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
        self._write("rejects", (
            f'SELECT {base} + line AS _lid, last_line, "column", reason, detail, raw_key, value_key FROM keyed_rejects'
        ))
        self._write(f"vault-{TEXTS}", (
            "SELECT DISTINCT ON (key) *, NULL::BIGINT AS owner, NULL::VARCHAR AS account_id FROM ("
            "SELECT raw_key AS key, 'quarantine' AS record, 'raw' AS \"column\", _raw AS value FROM keyed_rejects "
            "UNION ALL SELECT value_key, 'quarantine', 'value', value FROM keyed_rejects "
            "WHERE value_key IS NOT NULL)"
        ))
        self._count("SELECT sum(raw_key::HUGEINT) FROM keyed_rejects")
        self.con.execute("DROP TABLE keyed_rejects")

    def _count(self, query: str) -> None:
        row = self.con.execute(query).fetchone()
        self.fingerprint = (self.fingerprint + int(row[0] or 0)) % _WORLD if row else self.fingerprint

    def _write(self, name: str, query: str) -> None:
        parts = self._parts.setdefault(name, [])
        target = self._path(f"{name}.{len(parts)}")
        self.con.execute(f"COPY ({query}) TO {text_literal(str(target))} (FORMAT parquet)")
        parts.append(str(target))

    def _path(self, stem: str) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{stem}.parquet"

    def _read(self, name: str) -> str:
        listed = ", ".join(text_literal(p) for p in self._parts[name])
        return f"SELECT * FROM read_parquet([{listed}])"


def _filled(table: pa.Table, name: str) -> bool:
    """Whether any row has a value there; a column without leaves no trace in a hash, and costs nothing."""
    return name in table.column_names and table[name].null_count < table.num_rows


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


