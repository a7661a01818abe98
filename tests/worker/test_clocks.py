"""Response clocks and escalations over a weekend, a holiday and the change to summer time, with injected time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from holdfast.state.database import close_state

from .workspace import berlin, make, publish, row, state

Clock = Callable[[str], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the time, by the clock of Berlin."""
    return lambda text: monkeypatch.setenv("HOLDFAST_NOW", berlin(text).isoformat())


@pytest.fixture
def site(tmp_path: Path, database: str | None) -> Iterator[Any]:
    """A workspace with a state."""
    yield make(tmp_path / "company", database=database)
    close_state()


def worker(site: Any) -> Any:
    from holdfast.worker.work import Worker

    return Worker(site)


def told(key: str = "a") -> list[tuple[str, datetime, list[str]]]:
    """Why, when and to whom a case was escalated."""
    events = state().Case.objects.get(key=key).events.filter(kind="escalated").order_by("pk")
    return [(e.body["why"], e.at, e.body["to"]) for e in events]


@pytest.mark.parametrize(("opened", "last_minute", "due"), [
    ("2026-03-20 10:30", "2026-03-23 10:29", "2026-03-23 10:30"),  # a weekend
    ("2026-04-02 10:30", "2026-04-07 10:29", "2026-04-07 10:30"),  # Good Friday to Easter Monday
    ("2026-03-27 10:30", "2026-03-30 10:29", "2026-03-30 10:30"),  # a weekend in which an hour is missing
    ("2026-03-21 12:00", "2026-03-24 08:59", "2026-03-24 09:00"),  # opened on a Saturday
])
def test_nobody_is_told_before_the_working_time_is_over_and_the_manager_once_then(
    site: Any, clock: Clock, opened: str, last_minute: str, due: str
) -> None:
    clock(opened)
    publish(site, date(2026, 3, 19), row("a"))
    clock(last_minute)
    assert worker(site).work_off() == 0
    clock(due)
    assert worker(site).work_off() == 1
    assert worker(site).work_off() == 0
    assert told() == [("nobody has acted in time", berlin(due), ["max@x.test"])]
    assert state().Case.objects.get().escalated_to == ["max@x.test"]


def test_who_acts_in_time_is_not_reported(site: Any, clock: Clock) -> None:
    clock("2026-03-20 10:30")
    publish(site, date(2026, 3, 19), row("a"))
    ana = state().User.objects.create_user("ana@x.test")
    clock("2026-03-23 10:00")
    state().acts.touch(state().Case.objects.get(), "call", "spoke to the deputy", ana)
    clock("2026-03-23 12:00")
    assert worker(site).work_off() == 1
    assert told() == []
    assert state().Job.objects.get(key="call a 1 no answer").result == "not needed: somebody acted in time"


def test_the_matrix_draws_people_in_at_once_and_after_its_days(site: Any, clock: Clock) -> None:
    clock("2026-03-25 10:30")
    publish(site, date(2026, 3, 24), row("a", "health_at_risk", "health_below_40", (0, 1)))
    worker(site).work_off()
    assert [(why, to) for why, _, to in told()] == [("Health below 40", ["vic@x.test"])]
    clock("2026-04-01 11:29")  # seven days of 24 hours after 10:30 in winter time is 11:30 in summer time
    worker(site).work_off()
    assert [why for why, _, _ in told()] == ["Health below 40", "nobody has acted in time"]
    clock("2026-04-01 11:30")
    worker(site).work_off()
    assert told()[-1] == ("Health below 40: 7 days without an end", berlin("2026-04-01 11:30"), ["vic@x.test"])


def test_a_rest_moves_the_deadline_by_the_working_time_that_passed(site: Any, clock: Clock) -> None:
    clock("2026-03-26 10:30")
    publish(site, date(2026, 3, 25), row("a"))  # due on Friday at 10:30
    ana = state().User.objects.create_user("ana@x.test")
    clock("2026-03-26 16:00")
    state().acts.pause(state().Case.objects.get(), "waits for their lawyer", ana)
    clock("2026-03-30 09:30")  # rested 1 hour on Thursday, 8 on Friday, half an hour on Monday
    assert worker(site).work_off() == 0
    from holdfast.workspace.clocks import Clocks

    clocks = Clocks.current()
    assert clocks is not None
    state().acts.resume(state().Case.objects.get(), ana, clocks.shift)
    assert state().Case.objects.get().respond_by == berlin("2026-03-30 12:00")
    clock("2026-03-30 11:59")
    assert worker(site).work_off() == 0
    clock("2026-03-30 12:00")
    assert worker(site).work_off() == 1


def test_a_snoozed_case_wakes_on_its_day_and_one_that_is_snoozed_longer_does_not(site: Any, clock: Clock) -> None:
    clock("2026-03-26 10:30")
    publish(site, date(2026, 3, 25), row("a"), row("b"))
    ana = state().User.objects.create_user("ana@x.test")
    first, second = state().Case.objects.order_by("key")
    monday, friday = date(2026, 3, 30), date(2026, 4, 10)
    state().acts.snooze([first, second], monday, "budget talks", True, ana, lambda _: berlin("2026-03-30 09:00"))
    clock("2026-03-27 12:00")
    assert worker(site).work_off() == 0
    state().acts.snooze([second], friday, "budget talks", True, ana, lambda _: berlin("2026-04-10 09:00"))
    clock("2026-03-30 09:00")
    assert worker(site).work_off() == 2
    first, second = state().Case.objects.order_by("key")
    assert (first.state, first.woke, second.state) == ("working", "its day has come", "snoozed")
    assert first.respond_by == berlin("2026-03-30 17:00")  # all 8 working hours to the deadline were left
    assert told() == []
