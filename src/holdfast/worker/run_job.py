"""Scheduled runs: asked for once a scheduled moment, done under a lease that is renewed while they last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from holdfast.clock import now
from holdfast.definitions.schedule import Schedule
from holdfast.errors.state import RunInProgress
from holdfast.pipeline.run import run
from holdfast.pipeline.site import Site
from holdfast.state import job as jobs
from holdfast.state import runs
from holdfast.state.database import close_state
from holdfast.state.job import Job
from holdfast.state.lock import only_run


def ask(site: Site) -> bool:
    """Ask for the run of the newest scheduled moment, unless a run has begun since; whether it was asked for now.

    Of moments that passed while nobody was at work only the newest is made up for.
    """
    settings = site.definitions.settings
    schedule = Schedule.parse(settings.schedule) if settings.schedule else None
    fire = schedule.latest(now(), settings.time_zone) if schedule else None
    last = runs.last_run()
    if fire is None or (last is not None and last.started_at >= fire):
        return False
    return jobs.ask_for("run", f"run {fire.isoformat()}", fire)


def note_parked(folder: Path) -> None:
    """A run that nobody will try again counts as failed, so that the pages say so; the last publish stays.

    ``folder`` has the lock of runs: while somebody holds it, a run is alive and is let be.
    """
    last = runs.last_run()
    if last is None or last.state != "running" or not (given_up := jobs.parked("run")):
        return
    newest = given_up[-1]
    with suppress(RunInProgress), only_run(folder):
        if newest.due_at <= last.started_at:
            runs.fail(last, newest.result)


def do(site: Site, job: Job) -> bool:
    """Run and publish; False where the lease was lost meanwhile. Whatever fails, the last publish stays."""
    with _renewed(job):
        summary = run(Site(site.folder))
    return jobs.finish(job, lambda mine: f"run {summary['run']}, as of {summary['as_of']}")


@contextmanager
def _renewed(job: Job) -> Iterator[None]:
    over = threading.Event()

    def renew() -> None:
        while not over.wait(jobs.LEASE.total_seconds() / 4):
            jobs.renew(job)
        close_state()

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
