"""Rows that were kept out: listed, written for correction, tried again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from holdfast.ingest.quarantine import Corrections, quarantined_rows, read_corrections, write_for_correction
from holdfast.ingest.replay import ReplayOutcome
from holdfast.ingest.retry import retry
from holdfast.lake import duckdb_engine
from holdfast.pipeline.site import Site
from holdfast.state.lock import only_run


def rows(site: Site, source: str | None, *, raw: bool = False) -> list[dict[str, Any]]:
    """Open rows in order of source, batch and line; ``raw`` adds the row as it came, which is personal data."""
    with _reading(site) as (con, there):
        found = quarantined_rows(con, there, raw=raw)
    return [row for row in found if source in (None, row["source"])]


def fix(site: Site, file: Path, source: str | None) -> int:
    """Write open rows with their raw text to ``file``; how many."""
    return write_for_correction(rows(site, source, raw=True), file)


def replay(site: Site, file: Path | None) -> dict[str, Any]:
    """Try open rows again, corrected where ``file`` is given: how many moved, how many stay."""
    outcomes = _retry(site, read_corrections(file) if file else None, "replay")
    moved = sum(o.kept + o.duplicate + o.filtered for o in outcomes)
    return {"moved": moved, "kept": sum(o.kept for o in outcomes), "left": len(rows(site, None))}


def replay_corrected(site: Site, corrections: Corrections, by: str) -> ReplayOutcome:
    """Try corrected rows; the outcome of all batches together. ``by`` says in the log who corrected."""
    outcomes = _retry(site, corrections, by)
    return ReplayOutcome("", "", *(sum(getattr(o, name) for o in outcomes) for name in
                                   ("tried", "kept", "duplicate", "filtered")))


def _retry(site: Site, corrections: Corrections | None, by: str) -> list[ReplayOutcome]:
    site.open_state()
    with only_run(site.data):
        return retry(site.folder, site.definitions, site.lake, corrections=corrections, by=by)


@contextmanager
def _reading(site: Site) -> Iterator[tuple[Any, Any]]:
    from holdfast.ingest.lake_rows import LakeRows

    site.open_state()
    engine = duckdb_engine(None, site.definitions.settings.engine.memory)
    try:
        yield engine.con.con, LakeRows(engine.con.con, site.lake)
    finally:
        engine.close()
