"""The cases that are not over, held in memory: each look reads only what the history says has changed since."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

from holdfast.clock import now

from .case import Case, CaseEvent, CaseState

DAY = timedelta(days=1)
OVERLAP = 500
"""Lines of history that are looked at again: one that was written earlier may come to be seen later."""
AT_ONCE = 500


class LiveCases:
    """The cases of one publish that are open or snoozed, and those that were closed in the day before the first look
    or since.

    Every change between two publishes writes a line of history in the same transaction; that is what a look goes by.
    The cases are shared by threads: nobody changes them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listed: dict[str, Case] | None = None
        self._from = 0
        self._seen: set[int] = set()

    def by_key(self) -> dict[str, Case]:
        """The cases by account as they are now."""
        with self._lock:
            if self._listed is None:
                self._read_all()
            else:
                self._read_changed(self._listed)
            assert self._listed is not None
            return self._listed

    def _read_all(self) -> None:
        newest = CaseEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self._from = max(0, newest - OVERLAP)
        self._seen = set(CaseEvent.objects.filter(pk__gt=self._from, pk__lte=newest).values_list("pk", flat=True))
        recent = Case.objects.exclude(state=CaseState.CLOSED) | Case.objects.filter(closed_at__gte=now() - DAY)
        self._listed = {case.key: case for case in recent.order_by("key")}

    def _read_changed(self, listed: dict[str, Case]) -> None:
        lines = dict(CaseEvent.objects.filter(pk__gt=self._from).values_list("pk", "case_id"))
        fresh = lines.keys() - self._seen
        if not fresh:
            return
        changed = sorted({lines[line] for line in fresh})
        self._listed = {**listed, **{case.key: case for case in _cases(changed)}}
        self._from = max(self._from, max(lines) - OVERLAP)
        self._seen = {line for line in lines if line > self._from}


def _cases(numbers: list[int]) -> Iterator[Case]:
    for start in range(0, len(numbers), AT_ONCE):
        yield from Case.objects.filter(pk__in=numbers[start : start + AT_ONCE])
