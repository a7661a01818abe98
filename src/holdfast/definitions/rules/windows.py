"""Spans of time are written as 30d, 26h or 52w."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.place import Place

from .rule import Rule
from .walk import place, scorecards, scored_metrics


class Windows(Rule):
    """Spans of time are written as 30d, 26h or 52w."""

    ids = ("HF-E029",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for metric in draft.metrics.values():
            if metric.window is not None:
                yield from self._span(metric.window, "d", metric.at("window"))
            if metric.change is not None and metric.change.over not in ("week", "month"):
                yield from self._span(metric.change.over, "d", metric.at("change", "over"))
        for scored in scored_metrics(draft):
            if scored.scored.max_age is not None:
                yield from self._span(scored.scored.max_age, "d", scored.place("max_age"))
        for card in scorecards(draft):
            for number, limit in enumerate(card.limits):
                if limit.expires is not None:
                    yield from self._span(limit.expires, "d", place(card, "limits", number, "expires"))
        settings = draft.settings
        yield from self._span(settings.history, "w", settings.at("history"))
        if settings.daily != "0d":
            yield from self._span(settings.daily, "d", settings.at("daily"))
        for source, span in settings.expect.items():
            yield from self._span(span, "hd", settings.at("expect", source))

    def _span(self, text: str, units: str, at: Place) -> Iterator[Finding]:
        if not re.fullmatch(rf"[1-9][0-9]{{0,3}}[{units}]", text):
            names = {"d": "days such as 30d", "h": "hours such as 26h", "w": "weeks such as 52w"}
            yield self.found("HF-E029", at, f"{text!r} is not a span of time",
                             "write " + " or ".join(names[unit] for unit in units))
