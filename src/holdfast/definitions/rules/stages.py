"""Stages of the lifecycle name facts of the account only."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.behaviour import STAGE_NAMES
from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest

from .rule import Rule


class Stages(Rule):
    """Stages of the lifecycle name facts of the account only."""

    ids = ("HF-E021",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for one in draft.lifecycle:
            for name in sorted(one.when.names - STAGE_NAMES):
                yield self.found("HF-E021", one.at("when"), f"the name {name!r} is not known here; a fact of the "
                                 "account or its contracts is wanted", f"one of: {', '.join(sorted(STAGE_NAMES))}",
                                 nearest(name, STAGE_NAMES))
