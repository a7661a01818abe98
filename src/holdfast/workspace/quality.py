"""The state of the data as the lake stands now."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from holdfast.clock import now
from holdfast.pipeline.site import Site


def quality(site: Site) -> dict[str, Any]:
    """The quality document: as of the last publish, or of today where nothing is published."""
    from holdfast.ingest.quality import quality_document
    from holdfast.state.runs import current

    site.open_state()
    moment = now()
    found = current()
    today = moment.astimezone(ZoneInfo(site.definitions.settings.time_zone)).date()
    run = {"id": found.run_id, "published_at": found.published_at.isoformat()} if found else None
    return quality_document(
        site.lake, site.definitions, as_of=found.as_of if found else today, moment=moment, run=run,
        memory=site.definitions.settings.engine.memory,
    )
