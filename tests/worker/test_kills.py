"""A worker killed between claim and effect, again and again: each escalation happens exactly once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from holdfast.state.database import close_state

from .workspace import berlin, make, publish, row, state

POINTS = tuple(
    f"worker.{name}" for name in ("claimed", "before_effect", "after_effect", "before_commit", "after_commit"))
KILLED = -9


def work_once(folder: Path, moment: datetime, failpoint: str = "") -> int:
    """A worker process that does what is due; its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "holdfast.worker", str(folder), "--once"], capture_output=True, text=True, check=False,
        env={**os.environ, "HOLDFAST_NOW": moment.isoformat(), "HOLDFAST_FAILPOINT": failpoint},
    )
    assert done.returncode in (0, KILLED), done.stderr
    return done.returncode


def killed_often(folder: Path, kills: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open cases whose clocks run out, kill a worker ``kills`` times, let one finish, and count."""
    accounts = [f"a{number:02}" for number in range(kills // 2 + 2)]
    monkeypatch.setenv("HOLDFAST_NOW", berlin("2026-03-20 10:30").isoformat())
    publish(make(folder), date(2026, 3, 19), *(row(name, further=(0,)) for name in accounts))
    close_state()
    moment = berlin("2026-03-24 10:30")
    for number in range(kills):
        point = f"{POINTS[number % len(POINTS)]}:{1 + number // len(POINTS) % 2}"
        assert work_once(folder, moment, point) == KILLED, point
        moment += timedelta(minutes=3)
    assert work_once(folder, moment) == 0
    make(folder)
    events = state().CaseEvent.objects.filter(kind="escalated").values_list("case__key", "body__why")
    assert Counter(events) == Counter(
        {(name, why): 1 for name in accounts for why in ("The champion leaves", "nobody has acted in time")})
    assert not state().Job.objects.filter(done_at=None, due_at__lte=moment).exists()
    close_state()


def test_five_kills_one_at_each_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_often(tmp_path / "company", len(POINTS), monkeypatch)


@pytest.mark.soak
def test_fifty_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: object) -> None:
    killed_often(tmp_path / "company", 50, monkeypatch)


def test_a_worker_ends_with_who_started_it(tmp_path: Path) -> None:
    make(tmp_path / "company")
    close_state()
    words = [sys.executable, "-m", "holdfast.worker", str(tmp_path / "company")]
    process = subprocess.Popen(words, stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(120) == 0
