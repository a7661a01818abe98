"""Triggers name a service role and a time that people can keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest
from holdfast.definitions.people import SERVICE_ROLES

from .rule import Rule


class TriggerTerms(Rule):
    """Triggers name a service role and a time that people can keep."""

    ids = ("HF-E078", "HF-E079")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for trigger in draft.triggers:
            if trigger.owner not in SERVICE_ROLES:
                yield self.found("HF-E078", trigger.at("owner"), f"{trigger.owner!r} is not a service role",
                                 f"one of: {', '.join(SERVICE_ROLES)}", nearest(trigger.owner, SERVICE_ROLES))
            if not re.fullmatch(r"same day|[1-9][0-9]{0,2}[hd]", trigger.due):
                yield self.found("HF-E079", trigger.at("due"), f"{trigger.due!r} is not a time to answer in",
                                 "write same day, 24h or 7d")
