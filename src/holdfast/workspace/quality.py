"""The state of the data as the lake stands now."""

from __future__ import annotations

import threading
from collections.abc import Hashable
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


class Remembered:
    """Quality documents of a process that serves: one is made anew when something that it tells of is new, or a day
    has passed, and who asks meanwhile waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[Hashable, dict[str, Any]] | None = None

    def document(self, site: Site) -> dict[str, Any]:
        """The quality document of ``site``, the only one that is asked for here."""
        with self._lock:
            state = _state(site)
            if self._known is None or self._known[0] != state:
                self._known = (state, quality(site))
            return self._known[1]


def _state(site: Site) -> Hashable:
    """Everything that the document rests on."""
    from holdfast.state.batch_ledger import stand
    from holdfast.state.runs import current

    site.open_state()
    found = current()
    today = now().astimezone(ZoneInfo(site.definitions.settings.time_zone)).date()
    versions = tuple(sorted(site.lake.versions().items()))
    return found.pk if found else None, site.definitions.hash, versions, stand(), today
