"""Scheduled runs: once a scheduled moment, also over the change to summer time and when the clock jumps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from holdfast.definitions.schedule import Schedule
from holdfast.state.database import close_state

from .workspace import SETTINGS, berlin, make, publish, state


def latest(text: str, moment: str) -> datetime | None:
    schedule = Schedule.parse(text)
    assert schedule is not None
    return schedule.latest(berlin(moment).astimezone(UTC), "Europe/Berlin")


@pytest.mark.parametrize(("text", "moment", "fire"), [
    ("06:00", "2026-03-17 06:00", "2026-03-17 06:00"),
    ("06:00", "2026-03-17 05:59", "2026-03-16 06:00"),
    ("mon-fri 06:00, 13:00", "2026-03-22 12:00", "2026-03-20 13:00"),
    ("sat-mon 06:00", "2026-03-20 12:00", "2026-03-16 06:00"),
    ("sun 02:30", "2026-03-29 12:00", "2026-03-29 03:30"),  # 02:30 does not exist on this day
    ("sun 02:30", "2026-10-25 12:00", "2026-10-25 02:30"),
])
def test_the_newest_scheduled_moment(text: str, moment: str, fire: str) -> None:
    assert latest(text, moment) == berlin(fire).astimezone(UTC)


@pytest.mark.parametrize("text", ["6:00", "24:00", "every day", "mon 06:00 13:00", "06:60", ""])
def test_other_words_are_no_schedule(text: str) -> None:
    assert Schedule.parse(text) is None


@pytest.fixture
def site(tmp_path: Path, database: str | None) -> Iterator[Any]:
    yield make(tmp_path / "company", SETTINGS + "schedule: '02:30'\n", database)
    close_state()


def test_each_scheduled_moment_is_asked_for_once(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from holdfast.worker import run_job

    asked = []
    for moment in ("2026-03-28 02:29", "2026-03-28 02:30", "2026-03-28 02:31", "2026-03-29 01:59", "2026-03-29 03:30",
                   "2026-03-29 04:00", "2026-03-28 04:00", "2026-03-29 05:00", "2026-04-01 12:00"):
        monkeypatch.setenv("HOLDFAST_NOW", berlin(moment).isoformat())
        if run_job.ask(site):
            asked.append(moment)
    # at the very start the newest missed moment counts; of the days 30 March to 1 April only the last
    assert asked == ["2026-03-28 02:29", "2026-03-28 02:30", "2026-03-29 03:30", "2026-04-01 12:00"]
    assert state().Job.objects.count() == 4


def test_a_run_that_began_since_is_not_repeated(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from holdfast.worker import run_job

    monkeypatch.setenv("HOLDFAST_NOW", berlin("2026-03-28 04:00").isoformat())
    publish(site, date(2026, 3, 27))
    assert not run_job.ask(site)
    monkeypatch.setenv("HOLDFAST_NOW", berlin("2026-03-29 04:00").isoformat())
    assert run_job.ask(site)


def test_a_failed_run_is_noted_and_tried_again(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from holdfast.worker.work import Worker

    monkeypatch.setenv("HOLDFAST_NOW", berlin("2026-03-28 04:00").isoformat())
    assert Worker(site).step()
    job = state().Job.objects.get()
    assert job.done_at is None
    assert "nothing" in job.result or "no " in job.result
    assert not Worker(site).step()
    monkeypatch.setenv("HOLDFAST_NOW", berlin("2026-03-28 04:06").isoformat())
    assert Worker(site).step()
