"""The cases that a person sees: published rows of the own scope beside what people have done with their cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from holdfast.clock import now
from holdfast.state.case import Case, CaseEvent, CaseTask, Outcome
from holdfast.state.live_cases import LiveCases

from .desk import Desk
from .live_entries import Entry, live_entries

if TYPE_CHECKING:
    from holdfast.workspace.published import Published

DAY = timedelta(days=1)


@dataclass(frozen=True)
class CaseBook:
    """``entries`` are the open and snoozed cases in the order of their rank; the counts are of the last 24 hours.

    ``facets``: what the list can be narrowed by -> the values that occur.
    """

    entries: tuple[Entry, ...] = ()
    opened: int = 0
    cleared: int = 0
    woken: int = 0
    moment: datetime = field(default_factory=now)
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def entry(self, key: str) -> Entry | None:
        """The open or snoozed case of an account; None where there is none, or it is not this person's to see."""
        return next((one for one in self.entries if one.case.key == key), None)


def case_book(here: Desk, me: str, today: date) -> CaseBook:
    """The cases of the accounts that ``here`` shows; tasks of ``me`` that are due by ``today``."""
    moment = now()
    if here.book is None:
        return CaseBook(moment=moment)
    live, recent = live_entries(here.book, live_cases(here.workspace.published)), moment - DAY
    woke = [entry.case.pk for entry in live.entries if entry.case.woke]
    return CaseBook(
        _with_tasks(live.entries, _tasks(me, today)),
        sum(entry.case.opened_at >= recent for entry in live.entries),
        sum(case.outcome == Outcome.CLEARED for case in live.closed if case.closed_at and case.closed_at >= recent),
        CaseEvent.objects.filter(kind="woke", at__gte=recent, case__in=woke).count() if woke else 0,
        moment,
        live.facets,
    )


def _with_tasks(entries: tuple[Entry, ...], tasks: Mapping[int, list[CaseTask]]) -> tuple[Entry, ...]:
    if not tasks:
        return entries
    return tuple(e._replace(mine=tuple(tasks[e.case.pk])) if e.case.pk in tasks else e for e in entries)


def live_cases(published: Published) -> Mapping[str, Case]:
    """The open and snoozed cases of all accounts, and those closed lately; for all threads of the process."""
    return published.kept("live cases", LiveCases).by_key()


def cases_named(here: Desk, keys: Iterable[str]) -> list[Case] | None:
    """The cases of these accounts; None where one is not there, or not this person's to see."""
    wanted = list(dict.fromkeys(keys))
    if here.book is None or any(here.book.account(key) is None for key in wanted):
        return None
    found = {case.key: case for case in Case.objects.filter(key__in=wanted)}
    return [found[key] for key in wanted] if len(found) == len(wanted) else None


def _tasks(me: str, today: date) -> dict[int, list[CaseTask]]:
    found: dict[int, list[CaseTask]] = defaultdict(list)
    due = CaseTask.objects.filter(owner__iexact=me, done_at=None, due_on__lte=today).order_by("due_on", "number")
    for task in due.select_related("case"):
        if task.round == task.case.round:
            found[task.case_id].append(task)
    return found
