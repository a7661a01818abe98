"""Quarantined rows of a workspace tried again on request, as they came or corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from holdfast.clock import now
from holdfast.definitions.bundle import Definitions
from holdfast.lake import Lake

from .ingest import finish_begun, map_context, open_bench
from .quarantine import Corrections
from .raw_rows import raw_mapper
from .replay import ReplayOutcome, replay


def retry(
    workspace: Path, definitions: Definitions, lake: Lake | None = None, *,
    corrections: Corrections | None = None, by: str = "replay", clock: Callable[[], datetime] = now,
    memory: str = "1GB",
) -> list[ReplayOutcome]:
    """Try all open rows again, or only the corrected ones. The state database must be open.

    Rows that are still bad stay where they are. ``by`` says in the log who corrected.
    """
    with open_bench(workspace, definitions, lake, clock, memory) as bench:
        finish_begun(bench)
        mapper = raw_mapper(map_context(bench, definitions, workspace))
        return replay(bench, definitions.sources.values(), mapper, corrections=corrections, by=by)
