"""Segments of users: their conditions name what a user did, and say yes or no."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.expression_kinds import Mismatch, kind_of
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest
from holdfast.definitions.user_segment import USER_KINDS

from .rule import Rule


class UserSegments(Rule):
    """Conditions of segments of users name what a user did, and say yes or no."""

    ids = ("HF-E021", "HF-E046")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for one in draft.user_segments:
            unknown = sorted(one.when.names - USER_KINDS.keys())
            for name in unknown:
                yield self.found("HF-E021", one.at("when"), f"the name {name!r} is not known here; a user has others",
                                 f"one of: {', '.join(USER_KINDS)}", nearest(name, USER_KINDS))
            if unknown:
                continue
            try:
                kind = kind_of(one.when, USER_KINDS)
            except Mismatch as mismatch:
                yield self.found("HF-E046", one.at("when"), f"in {one.when.text!r} {mismatch}",
                                 "compare like with like, or cast")
                continue
            if kind not in ("boolean", "number", "null", "any"):
                yield self.found("HF-E046", one.at("when"), f"{one.when.text!r} is a {kind}; a condition is wanted",
                                 "compare it with something")
