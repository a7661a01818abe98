"""What hinders the daily anchor of the audit log hinders no job."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from holdfast.state.audit_anchor import FILE, anchors
from holdfast.state.database import close_state
from holdfast.worker.work import Worker

from .workspace import berlin, make, publish, row, state


def work_for(worker: Worker, seconds: float) -> None:
    """The loop, for a while."""
    over = threading.Event()
    threading.Timer(seconds, over.set).start()
    worker.work(over, every=0.05)


@pytest.mark.parametrize("damaged", [False, True])
def test_a_clock_runs_out_whatever_the_anchor_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], damaged: bool
) -> None:
    from holdfast.state import audit

    monkeypatch.setenv("HOLDFAST_NOW", berlin("2026-03-20 10:30").isoformat())
    site = make(tmp_path / "company")
    publish(site, date(2026, 3, 19), row("a"))
    audit.record(None, "wrote", "note", "a")
    if damaged:
        (site.data / FILE).write_text('{"day": "2026-03', encoding="utf-8")
    monkeypatch.setenv("HOLDFAST_NOW", berlin("2026-03-23 11:30").isoformat())
    work_for(Worker(site), 2.0)
    case = state().Case.objects.get(key="a")
    assert [event.body["to"] for event in case.events.filter(kind="escalated")] == [["max@x.test"]]
    if damaged:
        assert capsys.readouterr().err.count("audit anchor") == 1
    else:
        assert [(one.day, one.number) for one in anchors(site.data)] == [("2026-03-23", 1)]
    close_state()
