"""No segment stands after one that takes everybody."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding

from .rule import Rule


class SegmentsReached(Rule):
    """No segment stands after one that takes everybody."""

    ids = ("HF-W003",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        rest: str | None = None
        for segment in draft.segments:
            if rest is not None:
                yield self.found("HF-W003", segment.at("segment"),
                                 f"no account reaches {segment.segment!r}: {rest!r} before it takes the rest",
                                 "move the segment without a condition to the end")
            elif segment.when is None:
                rest = segment.segment
