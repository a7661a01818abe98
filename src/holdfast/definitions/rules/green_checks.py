"""Green checks can fail, and their failures weigh something."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.ranges import boxes

from .rule import Rule


class GreenChecks(Rule):
    """Green checks can fail, and their failures weigh something."""

    ids = ("HF-E116", "HF-E117")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for one in draft.green_checks.values():
            if not one.fails:
                yield self.found("HF-E116", one.at("fails"), f"{one.check!r} can never fail", "give a reason")
            for number, reason in enumerate(one.fails):
                if not boxes(reason.when):
                    yield self.found("HF-E116", one.at("fails", number, "when"),
                                     f"{reason.when.text!r} can never hold", "its comparisons exclude each other")
            if one.weight <= 0:
                yield self.found("HF-E117", one.at("weight"), f"the weight of {one.check!r} is {one.weight:g}",
                                 "give a number above 0, or delete the check")
