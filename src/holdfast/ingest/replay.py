"""Quarantined rows tried again: what is good now moves to kept in its own batch's account, and the move is logged."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from holdfast.definitions.source import Source
from holdfast.failpoint import failpoint
from holdfast.lake import TEXTS, VAULT
from holdfast.records import RECORDS, RecordType
from holdfast.state import batch_ledger
from holdfast.state.models import Batch

from .batch import Bench, compare
from .batch_files import BatchFiles, BatchStamp
from .commit import commit_tables
from .content_hash import PLAIN, quoted, text_literal
from .quarantine import Corrections, open_quarantine
from .raw_rows import MapRaw
from .row_account import RowAccount
from .staged_rows import StagedRows, raw_bytes
from .vaulting import SQL_KIND

_MAPPED = '[{"record":"VARCHAR","map":"VARCHAR","row":"JSON"}]'


@dataclass(frozen=True)
class ReplayOutcome:
    """What a replay of one batch's rows did, in source rows."""

    source: str
    batch_id: str
    tried: int
    kept: int
    duplicate: int
    filtered: int


def replay(
    bench: Bench, sources: Iterable[Source], map_raw: MapRaw, *, only: str = "true",
    corrections: Corrections | None = None, by: str = "replay",
) -> list[ReplayOutcome]:
    """Try open rows again, batch by batch in the order of the batches.

    ``only`` is SQL over the open rows. With ``corrections`` the rows named there are tried in their
    corrected form.
    """
    con = bench.con
    table = open_quarantine(con, bench.there)
    if corrections is not None:
        _register(bench, corrections)
        only = f"({only}) AND (batch_id, lid) IN (SELECT batch_id, lid FROM corrections)"
    chosen = {b for (b,) in con.execute(f"SELECT DISTINCT batch_id FROM {table} WHERE {only}").fetchall()}
    known = {s.source: s for s in sources}
    return [
        _replay_batch(bench, known[batch.source], batch, map_raw, only, corrections is not None, by)
        for batch in batch_ledger.committed() if batch.pk in chosen and batch.source in known
    ]


def finish_replay(bench: Bench, batch: Batch) -> None:
    """Commit what a replay staged and move its rows."""
    staged = batch.staged
    commit_tables(bench.lake, staged)
    moment = datetime.fromisoformat(staged["moment"])
    batch_ledger.finish_replay(batch, staged["account"], [(n, r) for n, r in staged["moves"]], moment, staged["by"])
    shutil.rmtree(bench.staging / staged["folder"], ignore_errors=True)


def _replay_batch(
    bench: Bench, source: Source, batch: Batch, map_raw: MapRaw, only: str, corrected: bool, by: str
) -> ReplayOutcome:
    failpoint("replay.before_stage")
    name = f"{batch.pk}-replay-{int(batch.facts.get('replays', 0)) + 1}"
    folder = bench.staging / name
    shutil.rmtree(folder, ignore_errors=True)
    rows = StagedRows(bench.con, folder / "rows", source, bench.vault)
    rows.files = list(batch.facts["files"])
    tried = _stage(bench, rows, batch, map_raw, only, corrected)
    filtered = [n for (n,) in bench.con.execute("SELECT _lid FROM replay_filtered").fetchall()]
    compare(bench, rows, batch.source, "", balanced=False)
    fresh = _fresh(bench, rows)
    kept, duplicate = sum(fresh.values()), sum(not f for f in fresh.values())
    if not fresh and not filtered:
        shutil.rmtree(folder, ignore_errors=True)
        return ReplayOutcome(batch.source, batch.pk, tried, 0, 0, 0)
    moment = batch_ledger.next_moment(bench.clock())
    stamp = BatchStamp(source, batch.pk, moment, held_from=batch.loaded_at)
    tables = BatchFiles(bench.con, rows, bench.there, stamp, bench.vault, folder / "final").write()
    reasons = dict(bench.con.execute("SELECT lid, reason FROM replayed").fetchall())
    account = RowAccount(batch.rows_in, batch.kept, batch.duplicate, batch.quarantined, batch.filtered)
    batch.staged = {
        "tables": tables, "app": f"replay:{name}", "folder": name, "by": by, "moment": moment.isoformat(),
        "moves": [[n, reasons[n]] for n in sorted({*fresh, *filtered})],
        "account": account.replayed(kept, duplicate, len(filtered)).as_dict(),
    }
    failpoint("replay.after_stage")
    batch_ledger.begin_replay(batch, batch.staged)
    finish_replay(bench, batch)
    return ReplayOutcome(batch.source, batch.pk, tried, kept, duplicate, len(filtered))


def _stage(
    bench: Bench, rows: StagedRows, batch: Batch, map_raw: MapRaw, only: str, corrected: bool
) -> int:
    con = bench.con
    raw = "c.raw" if corrected else "t.value"
    join = (
        "JOIN corrections c ON c.batch_id = q.batch_id AND c.lid = q.lid" if corrected
        else f"JOIN ({bench.there.relation(TEXTS, VAULT)}) t ON t.key = q.raw_key"
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE replayed AS SELECT DISTINCT ON (q.lid) q.lid, q.reason, {raw} AS raw FROM "
        f"(SELECT * FROM open_quarantine WHERE {only}) q {join} WHERE q.batch_id = {text_literal(batch.pk)}"
    )
    con.execute("CREATE OR REPLACE TEMP TABLE replay_filtered(_lid BIGINT)")
    for record in {m.record for m in rows.source.records}:
        _stage_mapped(con, rows, RECORDS[record])
    plain = con.execute(
        "SELECT lid, raw FROM replayed WHERE NOT starts_with(raw, 'rows:') ORDER BY lid").fetchall()
    if plain:
        reading = batch.facts.get("reading") or {}
        for chunk in map_raw(rows.source, reading, [(lid, raw_bytes(text)) for lid, text in plain]):
            good = chunk.__class__(rows.files[0], chunk.rows_in, [], chunk.records, chunk.rejects.slice(0, 0))
            rows.add(good)
            if chunk.filtered:
                con.executemany("INSERT INTO replay_filtered VALUES (?)", [[n] for n in chunk.filtered])
    return int(con.execute("SELECT count(*) FROM replayed").fetchall()[0][0])


def _stage_mapped(con: Any, rows: StagedRows, record: RecordType) -> None:
    """Rows that were mapped when they were set aside; they stand in the vault in stored form."""
    parsed = (
        f"SELECT lid, unnest(from_json(substr(raw, 6), '{_MAPPED}')) AS m FROM replayed WHERE starts_with(raw, 'rows:')"
    )
    columns = ", ".join(
        f"CAST(m.\"row\" ->> {text_literal('$.' + c.stored_name)} AS "
        f"{'BIGINT' if c.personal else SQL_KIND[c.kind]}) AS {quoted(c.stored_name)}"
        for c in record.columns
    )
    query = (
        f"SELECT {columns}, CAST(m.\"row\" ->> '$.effective_at' AS TIMESTAMP) AS effective_at, lid AS _lid, "
        f"m.map::SMALLINT AS _map, CAST(m.\"row\" ->> '$.{PLAIN}' AS BIGINT) AS {PLAIN} FROM ({parsed}) "
        f"WHERE m.record = '{record.name}'"
    )
    if con.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0]:
        rows.add_mapped(record, query)


def _fresh(bench: Bench, rows: StagedRows) -> dict[int, bool]:
    """Line id -> whether anything of the row is new; rows that are still bad are left out."""
    found: dict[int, bool] = {}
    for name in rows.record_names:
        for lid, fresh in bench.con.execute(
            f"SELECT s._lid, bool_or(r._lid IS NULL) FROM staged_{name} s ANTI JOIN bad_lines USING (_lid) "
            f"LEFT JOIN repeated_{name} r ON r._lid = s._lid AND r._map = s._map GROUP BY s._lid"
        ).fetchall():
            found[lid] = found.get(lid, False) or bool(fresh)
    return found


def _register(bench: Bench, corrections: Corrections) -> None:
    table = pa.table({
        "batch_id": pa.array([b for b, _ in corrections], pa.string()),
        "lid": pa.array([n for _, n in corrections], pa.int64()),
        "raw": pa.array(list(corrections.values()), pa.string()),
    })
    bench.con.register("corrections_given", table)
    bench.con.execute("CREATE OR REPLACE TEMP TABLE corrections AS SELECT * FROM corrections_given")
    bench.con.unregister("corrections_given")
