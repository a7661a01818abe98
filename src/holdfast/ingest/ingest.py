"""All sources of a workspace into the lake: what was begun is finished, what is new is loaded, what waited is tried."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from holdfast.clock import now
from holdfast.definitions.bundle import Definitions
from holdfast.definitions.settings import Settings
from holdfast.definitions.source import Source
from holdfast.errors import UserError
from holdfast.errors.batch import NoFiles
from holdfast.lake import Lake, duckdb_engine
from holdfast.lake.vault import Vault
from holdfast.shortage import shortage_named
from holdfast.state import batch_ledger

from .batch import BatchOutcome, Bench, load_batch
from .commit import commit_tables, complete
from .contents import Contents
from .ingest_report import IngestReport, Refusal
from .lake_rows import LakeRows
from .load_order import found_files, load_order
from .map_context import MapContext
from .mapped_chunk import MappedChunk
from .quarantine import open_quarantine
from .raw_rows import raw_mapper
from .read_parquet import ParquetSchemas
from .reading import Reading
from .replay import finish_replay, replay
from .source_rows import is_parquet

Progress = Callable[[str, int, int], None]
"""(what is being loaded, files done, files in all)"""
DATA = ".holdfast"


def ingest(
    workspace: Path, definitions: Definitions, lake: Lake | None = None, *,
    clock: Callable[[], datetime] = now, progress: Progress | None = None, memory: str = "1GB",
    threads: int | None = None,
) -> IngestReport:
    """Bring every new file of every source into the lake. The state database must be open.

    Sources are loaded accounts first, files by name. A source that cannot be read is refused and a batch
    above the hold limit held; the others go on. Running it again adds nothing. Raises DiskFull and
    MemoryReached; what was committed by then stays.
    """
    with (
        shortage_named(workspace / DATA, memory),
        open_bench(workspace, definitions, lake, clock, memory, threads) as bench,
    ):
        return _ingest(bench, workspace, definitions, progress or (lambda what, done, of: None))


@contextmanager
def open_bench(
    workspace: Path, definitions: Definitions, lake: Lake | None, clock: Callable[[], datetime], memory: str,
    threads: int | None = None,
) -> Iterator[Bench]:
    """The engine, lake, vault and staging folder of the workspace, closed and cleared afterwards."""
    data = workspace / DATA
    data.mkdir(parents=True, exist_ok=True)
    engine = duckdb_engine(threads, memory, data / "spill")
    try:
        engine.sql("SET TimeZone = 'UTC'")
        yield Bench(
            engine.con.con, lake or Lake(data / "lake"), Vault.open(data / "secret.key"), data / "staging", clock,
            definitions.settings.hold_above,
        )
    finally:
        engine.close()
        shutil.rmtree(data / "spill", ignore_errors=True)


def finish_begun(bench: Bench) -> None:
    """Commit what a killed process had staged; what it had not finished staging is dropped."""
    for batch in batch_ledger.unfinished():
        if not complete(bench.lake, batch.staged):
            batch_ledger.forget_staged(batch)
        elif batch.state == "staged":
            commit_tables(bench.lake, batch.staged)
            batch_ledger.finish(batch)
        else:
            finish_replay(bench, batch)
    shutil.rmtree(bench.staging, ignore_errors=True)


def map_context(bench: Bench, definitions: Definitions, workspace: Path) -> MapContext:
    """What mapping needs: the zone, the clock and the look-up of records that are in the lake."""
    beside = LakeRows(bench.con.cursor(), bench.lake)
    return MapContext(definitions.settings.time_zone, bench.clock(), workspace, beside.lookup)


def _ingest(bench: Bench, workspace: Path, definitions: Definitions, progress: Progress) -> IngestReport:
    finish_begun(bench)
    outcomes: list[BatchOutcome] = []
    refused: list[Refusal] = []
    none_yet: list[str] = []
    jobs = [
        job for source in load_order(definitions.sources)
        for job in _jobs(source, workspace, refused, none_yet, definitions.settings)
    ]
    contents = Contents(workspace / DATA / "contents.json")
    readings = [Reading(*job, partial(map_context, bench, definitions, workspace), contents) for job in jobs]
    try:
        for done, (reading, following) in enumerate(pairwise([*readings, None])):
            assert reading is not None
            progress(f"{reading.source.source} {reading.name}", done, len(jobs))
            try:
                outcomes.append(_load(bench, reading, following))
            except UserError as error:
                refused.append(Refusal(reading.source.source, reading.name, error.words()))
            finally:
                reading.close()
    finally:
        for reading in readings:
            reading.close()
        contents.keep()
    progress("", len(jobs), len(jobs))
    replays = tuple(_replay_waiting(bench, definitions, workspace))
    open_quarantine(bench.con, bench.there)
    waiting = bench.con.execute("SELECT count(*) FROM open_quarantine WHERE reason = 'unresolved'").fetchall()
    return IngestReport(
        tuple(outcomes), tuple(refused), replays, int(waiting[0][0]), tuple(_drift(outcomes)), tuple(none_yet)
    )


def _jobs(
    source: Source, workspace: Path, refused: list[Refusal], none_yet: list[str], settings: Settings
) -> Iterator[tuple[Source, str, Path | None]]:
    if source.sql is not None:
        yield source, "query", None
        return
    try:
        found = found_files(source, workspace)
        if not found and (source.source in settings.expect or batch_ledger.known(source.source)):
            raise NoFiles(source=source.source, files=source.files)
    except UserError as error:
        refused.append(Refusal(source.source, source.files or "", error.words()))
        return
    if not found:
        none_yet.append(source.source)
    schemas = ParquetSchemas()
    for name, path in found:
        try:
            if is_parquet(path, source.format):
                schemas.add(path)
        except UserError as error:
            refused.append(Refusal(source.source, name, error.words()))
        else:
            yield source, name, path


def _load(bench: Bench, reading: Reading, following: Reading | None) -> BatchOutcome:
    """Load a file; once all of it is read, the next one is read while this one is judged and written."""

    def chunks() -> Iterator[MappedChunk]:
        yield from reading.begin()
        if following is not None:
            following.begin_early()

    return load_batch(bench, reading.source, reading.name, reading.content, chunks())


def _replay_waiting(bench: Bench, definitions: Definitions, workspace: Path) -> Iterator[Any]:
    """Rows that waited for an account or another record; mapped ones only where their account is known now."""
    bench.there.make_known_accounts()
    aliases = [a for s in definitions.sources.values() for a in s.aliases]
    bench.con.execute("CREATE OR REPLACE TEMP TABLE aliased(account_id VARCHAR)")
    if aliases:
        bench.con.executemany("INSERT INTO aliased VALUES (?)", [[a] for a in aliases])
    bench.con.execute("CREATE OR REPLACE TEMP TABLE ready AS SELECT account_id FROM known_accounts UNION FROM aliased")
    ready = "reason = 'unresolved' AND (account_id IS NULL OR account_id IN (SELECT account_id FROM ready))"
    outcomes = replay(
        bench, definitions.sources.values(), raw_mapper(map_context(bench, definitions, workspace)), only=ready
    )
    yield from (o for o in outcomes if o.kept or o.duplicate or o.filtered)


def _drift(outcomes: list[BatchOutcome]) -> Iterator[dict[str, Any]]:
    """Named columns that a file lacks, and columns that came or went since the source's batch before."""
    for outcome in outcomes:
        reading = outcome.facts.get("reading") or {}
        if not reading:
            continue
        earlier = [b.facts.get("reading") for b in batch_ledger.before(outcome.source, outcome.batch_id)]
        last = next((set(r["columns"]) for r in reversed(earlier) if r), set(reading["columns"]))
        missing = {*reading["missing"], *(last - set(reading["columns"]))}
        extra = set(reading["columns"]) - last
        if missing or extra:
            yield {
                "source": outcome.source, "file": outcome.file, "missing": sorted(missing), "extra": sorted(extra),
            }
