"""The touches that a service tier promises fit together."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule

DAYS = ("outreach_days", "review_days", "executive_days")


class ServiceTouches(Rule):
    """The touches that a service tier promises fit together."""

    ids = ("HF-E119",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        taken: dict[str, str] = {}
        for one in draft.service:
            for name in DAYS:
                days = getattr(one, name)
                if days is not None and days < 1:
                    yield self.found("HF-E119", one.at(name), f"a touch every {days} days cannot be kept",
                                     "give a number from 1 on, or leave it out where nothing is promised")
            for name in DAYS[1:]:
                days = getattr(one, name)
                if days is not None and one.outreach_days is not None and 1 <= days < one.outreach_days:
                    yield self.found("HF-E119", one.at(name),
                                     f"{name} {days} is shorter than outreach_days {one.outreach_days}, though each "
                                     "such touch is a contact too", "lower outreach_days, or raise this one")
            if one.executive_days is not None and one.executive_access == "none":
                yield self.found("HF-E119", one.at("executive_days"),
                                 f"executives are promised every {one.executive_days} days, with executive_access none",
                                 "leave one of the two out")
            if one.value_tier in taken:
                yield self.found("HF-E119", one.at("value_tier"),
                                 f"accounts of {one.value_tier!r} get the service of {taken[one.value_tier]!r} already",
                                 "give each tier by revenue to one service tier")
            taken.setdefault(one.value_tier, one.tier)
