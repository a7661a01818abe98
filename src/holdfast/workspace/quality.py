"""The state of the data as the lake stands now."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.clock import now
from holdfast.pipeline.site import Site

from .kept_quality import KeptQuality


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


class Remembered:
    """Quality documents of a process that serves: one is made anew when something that it tells of is new, or a day
    has passed, and who asks meanwhile waits for it. Another process may have made it already."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[Hashable, dict[str, Any]] | None = None

    def document(self, site: Site) -> dict[str, Any]:
        """The quality document of ``site``, the only one that is asked for here."""
        with self._lock:
            kept = KeptQuality(site)
            if self._known is None or self._known[0] != kept.state:
                self._known = (kept.state, kept.get() or _made(site, kept))
            return self._known[1]


def keep_quality(site: Site) -> None:
    """Make the document of the data as they stand now, unless it is kept, before somebody waits for it."""
    kept = KeptQuality(site)
    if not kept.there:
        _made(site, kept)


def _made(site: Site, kept: KeptQuality) -> dict[str, Any]:
    made = quality(site)
    kept.put(made)
    return made
