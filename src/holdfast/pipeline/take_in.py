"""The first stage of a run: everything new into the lake, as plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .site import Site


def take_in(site: Site, progress: Callable[[str, int, int], None]) -> dict[str, Any]:
    """Ingest all sources. ``held`` is true where a batch was held or refused: the run goes on without it."""
    from holdfast.ingest.ingest import ingest

    def files(what: str, done: int, total: int) -> None:
        progress("Files", done, total)

    report = ingest(
        site.folder, site.definitions, site.lake, progress=files, memory=site.definitions.settings.engine.memory,
        threads=site.definitions.settings.engine.threads,
    )
    batches = [
        {
            "source": o.source, "file": o.file, "batch_id": o.batch_id, "state": o.state,
            "rows_in": o.account.rows_in, "kept": o.account.kept, "duplicate": o.account.duplicate,
            "quarantined": o.account.quarantined, "filtered": o.account.filtered,
        }
        for o in report.batches
    ]
    refused = [{"source": r.source, "file": r.file, "state": "refused", **r.words} for r in report.refused]
    return {
        "batches": batches,
        "refused": refused,
        "no_files": list(report.no_files),
        "unresolved": report.unresolved,
        "drift": list(report.drift),
        "held": not report.good,
    }
