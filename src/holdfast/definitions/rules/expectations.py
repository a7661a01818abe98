"""Expected refreshes name sources that exist."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest

from .rule import Rule


class Expectations(Rule):
    """Expected refreshes name sources that exist."""

    ids = ("HF-E073",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        known = draft.names("sources")
        for source in draft.settings.expect if draft.complete("sources") else ():
            if source not in known:
                yield self.found("HF-E073", draft.settings.at("expect", source, key=True),
                                 f"the source {source!r} is not known", "name a file in sources/",
                                 nearest(source, known))
