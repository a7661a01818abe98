"""Roles and times of signals, playbooks, escalations, offers and reviews are ones that people can keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.finding import Finding
from holdfast.definitions.nearest import nearest
from holdfast.definitions.people import SERVICE_ROLES
from holdfast.definitions.place import Place

from .rule import Rule

Said = Iterator[tuple[str, Place]]


class ServiceTerms(Rule):
    """Roles and times of signals, playbooks, escalations, offers and reviews are ones that people can keep."""

    ids = ("HF-E029", "HF-E078", "HF-E079")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for role, at in roles(draft):
            if role not in SERVICE_ROLES:
                yield self.found("HF-E078", at, f"{role!r} is not a service role",
                                 f"one of: {', '.join(SERVICE_ROLES)}", nearest(role, SERVICE_ROLES))
        for due, at in _dues(draft):
            if not re.fullmatch(r"same day|[1-9][0-9]{0,2}[hd]", due):
                yield self.found("HF-E079", at, f"{due!r} is not a time to answer in", "write same day, 24h or 7d")
        for span, at in _spans(draft):
            if not re.fullmatch(r"[1-9][0-9]{0,3}d", span):
                yield self.found("HF-E029", at, f"{span!r} is not a span of days", "write 14d")


def roles(draft: Draft) -> Said:
    """Every service role that is named, with its place."""
    for one in draft.signals.values():
        yield one.owner, one.at("owner")
    for check in draft.green_checks.values():
        yield check.owner, check.at("owner")
    for book in draft.playbooks.values():
        for s, stage in enumerate(book.stages):
            yield from ((step.owner, book.at("stages", s, "steps", n, "owner")) for n, step in enumerate(stage.steps))
        yield book.success.missed_owner, book.at("success", "missed_owner")
    for way in draft.escalations:
        yield from ((role, way.at("first", n)) for n, role in enumerate(way.first))
        for f, further in enumerate(way.further):
            yield from ((role, way.at("further", f, "to", n)) for n, role in enumerate(further.to))
    for offer in draft.offers:
        yield from ((role, offer.at("approval", n)) for n, role in enumerate(offer.approval))
    for review in draft.reviews:
        yield from ((role, review.at("attendees", n)) for n, role in enumerate(review.attendees))


def _dues(draft: Draft) -> Said:
    yield from ((one.due, one.at("due")) for one in draft.signals.values())
    yield from ((way.due, way.at("due")) for way in draft.escalations)


def _spans(draft: Draft) -> Said:
    for one in draft.signals.values():
        for part in ("action_window", "holds_for", "cool_down", "expires"):
            span = getattr(one, part)
            if span is not None and not (part == "cool_down" and span == "0d"):
                yield span, one.at(part)
    for way in draft.escalations:
        yield from ((f.after, way.at("further", n, "after")) for n, f in enumerate(way.further) if f.after is not None)
