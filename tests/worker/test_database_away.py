"""PostgreSQL dies in the middle of a job: the worker waits, and has the effect once when the server is back."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from tests.postgres import restartable

from holdfast.state.database import close_state

from .workspace import berlin, make, publish, row, state


@pytest.mark.parametrize("point", ["worker.claimed", "worker.after_effect", "worker.after_commit"])
def test_a_job_goes_on_after_the_server_came_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    from holdfast.worker import work

    over, stopped = threading.Event(), threading.Event()
    monkeypatch.setenv("HOLDFAST_NOW", berlin("2026-03-20 10:30").isoformat())
    with restartable() as (address, turn):
        site = make(tmp_path / "company", database=address)
        publish(site, date(2026, 3, 19), row("a"))
        monkeypatch.setenv("HOLDFAST_NOW", berlin("2026-03-23 10:30").isoformat())

        def dies_once(name: str) -> None:
            if name == point and not stopped.is_set():
                turn("stop")
                stopped.set()

        monkeypatch.setattr("holdfast.state.job.failpoint", dies_once)
        def comes_back() -> None:
            stopped.wait(60)
            over.wait(1.5)
            turn("start")
            monkeypatch.setenv("HOLDFAST_NOW", berlin("2026-03-23 11:30").isoformat())
            over.wait(2.5)
            over.set()

        threading.Thread(target=comes_back).start()
        work.Worker(site).work(over, every=0.05)
        assert stopped.is_set()
        case = state().Case.objects.get(key="a")
        assert [event.body["to"] for event in case.events.filter(kind="escalated")] == [["max@x.test"]]
        assert not state().Job.objects.filter(done_at=None, due_at__lte=berlin("2026-03-23 10:30")).exists()
        close_state()
