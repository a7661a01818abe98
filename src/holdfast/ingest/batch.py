"""One file or query result of a source becomes one batch: staged, noted with its row account, committed once."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from holdfast.definitions.source import Source
from holdfast.errors.batch import AccountDoesNotAddUp
from holdfast.failpoint import failpoint
from holdfast.lake import Lake
from holdfast.lake.vault import Vault
from holdfast.records import RECORDS
from holdfast.state import batch_ledger

from .batch_files import BatchFiles, BatchStamp
from .commit import commit_tables
from .identity import give_ids, judge
from .lake_rows import LakeRows
from .mapped_chunk import MappedChunk
from .row_account import RowAccount
from .staged_rows import StagedRows, line_sql, with_row_hash

OUTSIDE_HOLD = ("unresolved", "id_conflict")
_NAME = 40


@dataclass(frozen=True)
class Bench:
    """What every batch of one ingest works with. ``clock`` gives the present moment in UTC."""

    con: duckdb.DuckDBPyConnection
    lake: Lake
    vault: Vault
    staging: Path
    clock: Callable[[], datetime]
    hold_above: float = 0.05

    @property
    def there(self) -> LakeRows:
        """What the lake holds."""
        return LakeRows(self.con, self.lake)


@dataclass(frozen=True)
class BatchOutcome:
    """What became of one file."""

    source: str
    file: str
    batch_id: str
    state: str
    account: RowAccount
    facts: dict[str, Any] = field(default_factory=dict)


def batch_id_of(source: str, content: str, part: int = 1) -> str:
    """The id of a batch: the same source and content give the same id.

    >>> batch_id_of("crm", "ab") == batch_id_of("crm", "ab"), batch_id_of("crm", "ab", 2)[-2:]
    (True, '-2')
    """
    digest = hashlib.sha256(f"{source}\x1f{content}".encode()).hexdigest()[:16]
    return f"{source[:_NAME]}-{digest}" + (f"-{part}" if part > 1 else "")


def load_batch(
    bench: Bench, source: Source, name: str, content: str | None, chunks: Iterable[MappedChunk]
) -> BatchOutcome:
    """Bring one file in; its rows are not asked for where it was loaded before.

    ``content`` is None where only its rows tell it apart (a query result).
    """
    if content is not None and (known := _already(source, name, content)):
        return known
    folder = bench.staging / f"new-{hashlib.sha256(f'{source.source}{name}'.encode()).hexdigest()[:16]}"
    shutil.rmtree(folder, ignore_errors=True)
    rows = StagedRows(bench.con, folder / "rows", source, bench.vault)
    failpoint("ingest.before_stage")
    try:
        for chunk in chunks:
            rows.add(chunk)
            failpoint("ingest.chunk_staged")
        content = content or f"rows:{rows.fingerprint:x}:{rows.rows_in}"
        outcome = _already(source, name, content) or _judged(bench, source, name, content, rows)
    finally:
        rows.close()
    shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _already(source: Source, name: str, content: str) -> BatchOutcome | None:
    """The outcome "seen" where exactly this content was loaded before.

    A full export that went back to an older state is not seen: there, only the newest state counts.
    """
    same = [b for b in batch_ledger.with_content(source.source, content) if b.state in ("committed", "seen")]
    if not same:
        return None
    if source.mode == "snapshot":
        newest = batch_ledger.newest_of(source.source, name) or batch_ledger.newest_of(source.source)
        if newest is not None and newest.content != content:
            return None
    rows_in = same[-1].rows_in
    return BatchOutcome(source.source, name, same[-1].batch_id, "seen", RowAccount(rows_in, duplicate=rows_in))


def _judged(
    bench: Bench, source: Source, name: str, content: str, rows: StagedRows
) -> BatchOutcome:
    part = 1 + sum(b.state == "committed" for b in batch_ledger.with_content(source.source, content))
    batch_id = batch_id_of(source.source, content, part)
    moment = batch_ledger.next_moment(bench.clock())
    facts: dict[str, Any] = {
        "fingerprint": (mine := f"{rows.fingerprint:x}"), "reading": rows.drift, "notes": dict(rows.notes),
        "files": rows.files or [name], "rejected": dict(sorted(rows.rejected.items())),
    }
    bad = sum(n for reason, n in rows.rejected.items() if reason not in OUTSIDE_HOLD)
    limit = bench.hold_above if source.hold_above is None else source.hold_above
    if rows.rows_in and bad / rows.rows_in > limit:
        facts["held"] = {"bad": bad, "limit": limit, "examples": _examples(bench, rows)}
        account = RowAccount(rows.rows_in, quarantined=rows.rows_in)
        batch_ledger.note(batch_id, source.source, name, content, "held", moment, account.as_dict(), facts=facts)
        return BatchOutcome(source.source, name, batch_id, "held", account, facts)
    if source.mode == "delta" and _same_rows(source, rows, mine):
        account = RowAccount(rows.rows_in, duplicate=rows.rows_in)
        batch_ledger.note(batch_id, source.source, name, content, "seen", moment, account.as_dict(), facts=facts)
        return BatchOutcome(source.source, name, batch_id, "seen", account, facts)
    account = compare(bench, rows, source.source, batch_id)
    stamp = BatchStamp(source, batch_id, moment)
    final = bench.staging / batch_id
    shutil.rmtree(final, ignore_errors=True)
    tables = BatchFiles(bench.con, rows, bench.there, stamp, bench.vault, final).write()
    facts["quarantined"] = dict(bench.con.execute(
        "SELECT reason, count(*) FROM quarantined GROUP BY 1 ORDER BY 1").fetchall())
    failpoint("ingest.after_stage")
    batch = batch_ledger.note(
        batch_id, source.source, name, content, "staged", moment, account.as_dict(),
        staged={"tables": tables, "app": f"batch:{batch_id}"}, facts=facts,
    )
    commit_tables(bench.lake, batch.staged)
    batch_ledger.finish(batch)
    shutil.rmtree(final, ignore_errors=True)
    failpoint("ingest.after_batch")
    return BatchOutcome(source.source, name, batch_id, "committed", account, facts)


def compare(
    bench: Bench, rows: StagedRows, source: str, batch_id: str, *, balanced: bool = True
) -> RowAccount:
    """Judge the staged rows against the lake; the row account, which adds up or is our bug.

    ``balanced`` is false for a replay, which sees only some rows of its batch.
    """
    con, there = bench.con, bench.there
    records = [RECORDS[n] for n in rows.record_names]
    for record in records:
        staged = rows.relation(record.name)
        if record.append and not record.column(record.key[0]).required:
            staged = _with_ids(bench, rows, record.name, staged)
        staged = with_row_hash(record, staged) if record.append else staged
        con.execute(f"CREATE OR REPLACE TEMP VIEW staged_{record.name} AS {staged}")
        there.make_there(record, source, batch_id)
    there.make_known_accounts(batch_id)
    judge(con, records)
    return _account(con, rows, balanced)


def _with_ids(bench: Bench, rows: StagedRows, name: str, staged: str) -> str:
    record = RECORDS[name]
    (key,) = record.stored_key
    if bench.con.execute(f"SELECT 1 FROM ({staged}) WHERE {key} IS NULL LIMIT 1").fetchall():
        rows.replace(name, give_ids(record, with_row_hash(record, staged)))
    return rows.relation(name)


def _account(con: duckdb.DuckDBPyConnection, rows: StagedRows, balanced: bool) -> RowAccount:
    good = " UNION ALL ".join(
        f"SELECT s._lid, r._lid IS NULL AS fresh FROM staged_{n} s ANTI JOIN bad_lines USING (_lid) "
        f"LEFT JOIN (SELECT DISTINCT _lid, _map FROM repeated_{n}) r ON r._lid = s._lid AND r._map = s._map"
        for n in rows.record_names
    )
    kept = duplicate = 0
    if good:
        kept, duplicate = con.execute(
            "SELECT count(*) FILTER (fresh), count(*) FILTER (NOT fresh) FROM "
            f"(SELECT _lid, bool_or(fresh) AS fresh FROM ({good}) GROUP BY _lid)"
        ).fetchall()[0]
    bad = con.execute("SELECT count(DISTINCT _lid) FROM bad_lines").fetchall()[0][0]
    account = RowAccount(rows.rows_in, kept, duplicate, bad + rows.rejected.total(), rows.filtered)
    if balanced and not account.adds_up:
        raise AccountDoesNotAddUp(source=rows.source.source, account=account.as_dict())
    return account


def _same_rows(source: Source, rows: StagedRows, mine: str) -> bool:
    """Whether a committed batch of the source had exactly these rows, in whatever order."""
    return rows.rows_in > 0 and any(
        b.rows_in == rows.rows_in and b.facts.get("fingerprint") == mine
        for b in batch_ledger.committed(source.source)
    )


def _examples(bench: Bench, rows: StagedRows) -> list[dict[str, Any]]:
    """One row for each reason, without its values."""
    found = bench.con.execute(
        f"SELECT reason, min_by(\"column\", _lid), {line_sql('min(_lid)')}, count(*) "
        f"FROM ({rows.rejects_relation()}) GROUP BY reason ORDER BY reason"
    ).fetchall()
    return [{"reason": r, "column": c, "line": line, "rows": n} for r, c, line, n in found]
