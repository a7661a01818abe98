"""Time zones exist."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import available_timezones

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest

from .rule import Rule


class Zones(Rule):
    """Time zones exist."""

    ids = ("HF-E070",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        known = available_timezones()
        zones = [(draft.settings.time_zone, draft.settings.at("time_zone"))]
        zones += [(s.time_zone, s.at("time_zone")) for s in draft.own.sources if s.time_zone is not None]
        zones += [(t.time_zone, t.at("time_zone")) for t in draft.people.teams if t.time_zone is not None]
        for name, at in zones:
            if name not in known:
                yield self.found("HF-E070", at, f"there is no time zone {name!r}", "write one such as Europe/Berlin",
                                 nearest(name, known))
