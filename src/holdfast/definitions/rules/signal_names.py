"""Signals, playbooks, escalations, offers and reviews name signals, playbooks and table rows that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from holdfast.definitions.draft import Draft
from holdfast.definitions.escalation import Escalation
from holdfast.definitions.finding import Finding
from holdfast.definitions.model import Definition
from holdfast.definitions.names import FRAME_COLUMNS, SCORE_NAMES
from holdfast.definitions.nearest import nearest
from holdfast.definitions.playbook import Playbook
from holdfast.definitions.review import Review
from holdfast.definitions.save_offer import SaveOffer
from holdfast.definitions.signal import Signal

from .rule import Rule


class SignalNames(Rule):
    """Signals, playbooks, escalations, offers and reviews name signals, playbooks and table rows that exist."""

    ids = ("HF-E110", "HF-E114")

    def findings(self, draft: Draft) -> Iterator[Finding]:
        signals, rows = set(draft.signals), _rows(draft)
        if draft.complete("playbooks"):
            playbooks = draft.names("playbooks")
            for one in draft.signals.values():
                if one.playbook is not None and one.playbook not in playbooks:
                    yield self._unknown(one, ("playbook",), one.playbook, "playbook", playbooks)
        if draft.complete("signals"):
            for one in draft.signals.values():
                for number, name in enumerate(one.instead_of):
                    if name not in signals:
                        yield self._unknown(one, ("instead_of", number), name, "signal", signals)
            for offer in draft.offers:
                for number, name in enumerate(offer.fits):
                    if name not in signals:
                        yield self._unknown(offer, ("fits", number), name, "signal", signals)
        for covering in coverers(draft):
            for number, name in enumerate(covering.covers):
                if name not in rows:
                    yield self._unknown(covering, ("covers", number), name, "row of a signal table", rows)
        yield from self._shared(draft)

    def _unknown(
        self, one: Definition, path: tuple[object, ...], name: str, kind: str, known: Iterable[str]
    ) -> Finding:
        return self.found("HF-E110", one.at(*path), f"no {kind} is called {name!r}",
                          "docs/reference/signals.md lists those that ship", nearest(name, known))

    def _shared(self, draft: Draft) -> Iterator[Finding]:
        taken = {*draft.metrics, *FRAME_COLUMNS, *SCORE_NAMES}
        for one in draft.signals.values():
            if one.signal in taken:
                yield self.found("HF-E114", one.at("signal"), f"{one.signal!r} is also a metric or a column",
                                 "give the signal another name")
            for name in sorted(set(one.thresholds) & (taken | set(draft.signals))):
                yield self.found("HF-E114", one.at("thresholds", name, key=True),
                                 f"the threshold {name!r} has the name of a metric, column or signal",
                                 "give the threshold another name")


def coverers(draft: Draft) -> Iterator[Signal | Playbook | Escalation | SaveOffer | Review]:
    """Every definition that may answer rows of signal tables."""
    yield from draft.signals.values()
    yield from draft.playbooks.values()
    yield from draft.escalations
    yield from draft.offers
    yield from draft.reviews


def _rows(draft: Draft) -> set[str]:
    return {f"{table.table}.{row}" for table in draft.signal_tables for row in table.rows}
