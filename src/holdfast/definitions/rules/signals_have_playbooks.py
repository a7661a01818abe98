"""Signals of high severity or above say what is done about them."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.signal import SEVERITIES, Signal

from .rule import Rule


class SignalsHavePlaybooks(Rule):
    """Signals of high severity or above say what is done about them."""

    ids = ("HF-A012",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for one in draft.signals.values():
            if one.playbook is None and one.nature == "risk" and gravest(one) >= SEVERITIES["high"]:
                yield self.found("HF-A012", one.at("signal"), f"nothing says what is done about {one.signal!r}",
                                 "name a playbook")


def gravest(one: Signal) -> int:
    """The rank of the gravest severity that the signal can have."""
    return max(SEVERITIES[severity] for severity in (one.severity, *(level.severity for level in one.levels)))
