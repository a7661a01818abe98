"""Texts of triggers name metrics or columns that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.names import FRAME_COLUMNS, SCORE_NAMES
from holdfast.definitions.nearest import nearest

from .rule import Rule


class TriggerTexts(Rule):
    """Texts of triggers name metrics or columns that exist."""

    ids = ("HF-E077",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        if not draft.complete("metrics"):
            return
        known = draft.names("metrics") | {*FRAME_COLUMNS, *SCORE_NAMES}
        for trigger in draft.triggers:
            named = [(name, part) for part in ("label", "evidence", "action")
                     for name in re.findall(r"\{([^{}:!]*)[^{}]*\}", getattr(trigger, part))]
            named += [(trigger.metric, "metric")] if trigger.metric is not None else []
            for name, part in named:
                if name not in known:
                    yield self.found("HF-E077", trigger.at(part), f"the name {name!r} is not known",
                                     "write the name of a metric in braces", nearest(name, known))
