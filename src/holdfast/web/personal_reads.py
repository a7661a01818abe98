"""Who looked at personal data of which accounts goes on record: gathered for some seconds, written by a thread.

A page does not wait for the log. Somebody who opens an account again on the same day is noted once.
"""

from __future__ import annotations

import sys
import threading
from collections import defaultdict
from datetime import date

from holdfast.clock import now
from holdfast.reports.words import plural
from holdfast.state import audit
from holdfast.state.database import close_state
from holdfast.state.models import User

EVERY = 5.0
"""Seconds between two writes; a process that is killed loses what came since the last."""
MOST = 100
"""Accounts that one entry names."""


class PersonalReads:
    """What waits to be written, and what was noted today."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: dict[int, list[str]] = defaultdict(list)
        self._noted: set[tuple[int, str]] = set()
        self._day: date | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="personal reads", daemon=True)

    def note(self, user: User, account_id: str) -> None:
        """Somebody was shown names of people of an account."""
        with self._guard:
            today = now().date()
            if self._day != today:
                self._day, self._noted = today, set()
            if (user.pk, account_id) not in self._noted:
                self._noted.add((user.pk, account_id))
                self._waiting[user.pk].append(account_id)

    def write(self) -> None:
        """Write what waits; what cannot be written now waits on."""
        with self._guard:
            taken, self._waiting = self._waiting, defaultdict(list)
        try:
            _record(taken)
        except Exception:
            with self._guard:
                for user, accounts in taken.items():
                    self._waiting[user] = accounts + self._waiting[user]
            raise

    def start(self) -> None:
        """Write every few seconds from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Write the last, and end."""
        self._over.set()
        self._thread.join(2 * EVERY)

    def _keep(self) -> None:
        ended = False
        while not ended:
            ended = self._over.wait(EVERY)
            try:
                self.write()
            except Exception as error:
                print(f"personal reads: {error!r}", file=sys.stderr, flush=True)
            finally:
                close_state()


def _record(taken: dict[int, list[str]]) -> None:
    if not taken:
        return
    there = set(User.objects.filter(pk__in=taken).values_list("pk", flat=True))
    audit.append([
        audit.AuditEntry(
            at=now(), actor=user, verb="looked at", kind="people", about=plural(len(part), "account"),
            fields=["name", "title"], reason=", ".join(part),
        )
        for user, accounts in taken.items() if user in there
        for part in (accounts[start : start + MOST] for start in range(0, len(accounts), MOST))
    ])


reads = PersonalReads()
"""Those of this process."""
