"""Texts of signals, green checks and playbooks name metrics or columns that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.names import FRAME_COLUMNS, SCORE_NAMES
from holdfast.definitions.nearest import nearest
from holdfast.definitions.place import Place

from .rule import Rule

PERSONAL = ("owner_name", "company")
"""What drafts may name besides: the owner's name by people.yml, and the company of the settings."""


class SignalTexts(Rule):
    """Texts of signals, green checks and playbooks name metrics or columns that exist."""

    ids = ("HF-E077",)

    def findings(self, draft: Draft) -> Iterator[Finding]:
        if not draft.complete("metrics"):
            return
        known = draft.names("metrics") | {*FRAME_COLUMNS, *SCORE_NAMES}
        for name, at, further in _named(draft):
            if name not in known and name not in further:
                yield self.found("HF-E077", at, f"the name {name!r} is not known",
                                 "write the name of a metric in braces", nearest(name, known | set(further)))


def _named(draft: Draft) -> Iterator[tuple[str, Place, tuple[str, ...]]]:
    for one in draft.signals.values():
        for part in ("label", "evidence", "action"):
            yield from ((name, one.at(part), ()) for name in braces(getattr(one, part)))
        if one.metric is not None:
            yield one.metric, one.at("metric"), ()
    for check in draft.green_checks.values():
        yield from ((name, check.at(*path), ()) for text, path in check.texts for name in braces(text))
    for book in draft.playbooks.values():
        for key, message in book.drafts.items():
            for part in ("subject", "text"):
                yield from ((name, book.at("drafts", key, part), PERSONAL) for name in braces(getattr(message, part)))


def braces(text: str) -> list[str]:
    """The names in braces, in order."""
    return re.findall(r"\{([^{}:!]*)[^{}]*\}", text)
