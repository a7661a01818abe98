"""The open and snoozed cases beside the rows of a book, kept until one of the cases changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from holdfast.state.case import Case, CaseState, CaseTask

from .book import Book, Row

GREEN = ("thriving", "healthy")
UNPROVEN = ("value", "organisational")
"""Categories of findings that say a green score rests on too little."""
CLOSED, SNOOZED = CaseState.CLOSED.value, CaseState.SNOOZED.value


class Entry(NamedTuple):
    """A case with the published row of its account, and the tasks in it that wait for the person who looks.

    ``rests`` names the section of a case that waits for nobody: no clock runs, nothing woke it or brought it up.
    """

    row: Row
    case: Case
    mine: tuple[CaseTask, ...] = ()
    rests: str = ""

    @property
    def facts(self) -> Mapping[str, Any]:
        """The case as the run ranked it; empty where the account has no open finding any more."""
        found: Mapping[str, Any] = self.row.get("case") or {}
        return found


FACETS: Mapping[str, Callable[[Entry], Any]] = {
    "owner": lambda entry: entry.case.owner or entry.row["owner"],
    "segment": lambda entry: entry.row.get("segment"),
    "value_tier": lambda entry: entry.row.get("value_tier"),
    "severity": lambda entry: entry.case.severity,
}
"""What the list can be narrowed by -> the value of a case."""


@dataclass(frozen=True)
class LiveEntries:
    """``entries`` in the order of their rank; the cases ``closed`` lately; what the entries can be narrowed by."""

    entries: tuple[Entry, ...]
    closed: tuple[Case, ...]
    facets: Mapping[str, frozenset[str]]


def live_entries(book: Book, cases: Mapping[str, Case]) -> LiveEntries:
    """Those of ``cases`` whose accounts the book has; made anew only where ``cases`` is another mapping."""
    return book.last(cases, lambda: _made(book, cases))


def _made(book: Book, cases: Mapping[str, Case]) -> LiveEntries:
    entries, closed = [], []
    for row in book.ranked:
        case = cases.get(row["account_id"])
        if case is None:
            continue
        if case.state == CLOSED:
            closed.append(case)
        else:
            entries.append(Entry(row, case, (), _rests(row, case)))
    facets = {name: frozenset(str(value) for value in set(map(of, entries)) if value) for name, of in FACETS.items()}
    return LiveEntries(tuple(entries), tuple(closed), facets)


def _rests(row: Row, case: Case) -> str:
    if case.respond_by is not None or case.escalated_to or case.woke or case.state == SNOOZED:
        return ""
    return resting(row)


def resting(row: Row) -> str:
    """The section of the case of an account where no clock runs."""
    lane = (row.get("case") or {}).get("lane", "watch")
    if lane == "watch" and row["band"] in GREEN and any(step["category"] in UNPROVEN for step in row["actions"]):
        return "unproven"
    return lane if lane in ("small", "good") else "watch"
