"""The worker's loop: ask for what the schedule wants, claim what is due, do it."""

from __future__ import annotations

import os
import socket
import sys
import threading
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from holdfast.clock import now
from holdfast.definitions.serialise import from_text
from holdfast.errors import HoldfastError
from holdfast.pipeline.site import Site
from holdfast.state import job as jobs
from holdfast.state import runs
from holdfast.state.audit_anchor import keep_anchor
from holdfast.state.database import close_state
from holdfast.state.job import Job
from holdfast.state.models import Publish
from holdfast.workspace.clocks import Clocks
from holdfast.workspace.prepare import prepare, prepare_documents
from holdfast.workspace.published import Published
from holdfast.workspace.quality import keep_quality

from . import effects, run_job

EVERY = 1.0
"""Seconds between two looks."""
AGAIN = timedelta(minutes=5)
"""How long a job rests after it failed."""
CASES = ("call", "wake")


class Worker:
    """Does the jobs of one workspace, one after the other."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.name = f"{socket.gethostname()} {os.getpid()}"
        self._clocks: tuple[int, Clocks] | None = None
        self._prepared: tuple[int, date] | None = None
        self._anchored: date | None = None
        self._ahead: tuple[int, Published] | None = None
        site.open_state()

    def step(self, *, scheduled: bool = True) -> bool:
        """Do one job that is due; False where none is. Without ``scheduled`` nothing is asked of the schedule."""
        if scheduled:
            run_job.ask(self.site)
        job = jobs.claim(self.name, kinds=None if scheduled else CASES)
        if job is None:
            if scheduled:
                run_job.note_parked(self.site.data)
            return False
        try:
            done = self._do(job)
        except Exception as error:
            jobs.give_back(job, str(error), AGAIN)
            _say(f"{job.key}: {error}" if isinstance(error, HoldfastError) else f"{job.key}: {error!r}")
            return True
        if not done:
            _say(f"{job.key}: another worker has taken it over; nothing was done twice")
        return True

    def work_off(self) -> int:
        """Do every job of a case that is due; how many."""
        count = 0
        while self.step(scheduled=False):
            count += 1
        return count

    def prepare(self) -> bool:
        """A part of what the pages of a new publish or day need, before somebody waits for it; False where all is
        done."""
        current = runs.current()
        number = None if current is None else current.pk
        if self._ahead is not None and self._ahead[0] != number:
            self._rest()
        today = now().astimezone(ZoneInfo(self.site.definitions.settings.time_zone)).date()
        if current is None or self._prepared == (number, today):
            return False
        done = True
        try:
            done = self._next_of(current)
        finally:
            if done:
                self._prepared = (current.pk, today)
                self._rest()
        return True

    def _next_of(self, current: Publish) -> bool:
        """What all accounts share first, then some documents at a time; whether everything is there."""
        if self._ahead is not None:
            return not prepare_documents(self._ahead[1])
        site = Site(self.site.folder)
        site.definitions = from_text(current.definitions.text)
        self._ahead = (current.pk, Published(site))
        prepare(self._ahead[1])
        keep_quality(site)
        return False

    def _rest(self) -> None:
        """Let go of what was open to prepare."""
        if self._ahead is not None:
            self._ahead[1].site.engine.close()
            self._ahead = None

    def work(self, stop: threading.Event, every: float = EVERY) -> None:
        """Work until ``stop`` is set: jobs first, and what pages need where none is due."""
        while not stop.is_set():
            try:
                self._anchor()
                busy = self.step() or self.prepare()
            except Exception as error:
                _say(f"worker: {error!r}")
                close_state()
                busy = False
            if not busy:
                stop.wait(every)

    def _anchor(self) -> None:
        """Once a day; what hinders it is said and hinders no job."""
        today = now().date()
        if self._anchored == today:
            return
        try:
            if keep_anchor(self.site.data):
                self._anchored = today
        except (OSError, HoldfastError) as error:
            self._anchored = today
            _say(f"audit anchor: {error}")

    def _do(self, job: Job) -> bool:
        if job.kind == "run":
            return run_job.do(self.site, job)
        if job.kind == "wake":
            clocks = self._current()
            return jobs.finish(job, lambda mine: effects.wake(mine, clocks))
        return jobs.finish(job, effects.call)

    def _current(self) -> Clocks:
        published = runs.current()
        number = published.pk if published else 0
        if self._clocks is None or self._clocks[0] != number:
            self._clocks = (number, Clocks.current() or Clocks(self.site.definitions, {}))
        return self._clocks[1]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
