"""Two processes after the same jobs, and one that sleeps past its lease: each effect happens once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from holdfast.state.database import close_state, open_state

from .workspace import make, publish, row

START = datetime(2026, 3, 17, 8, tzinfo=UTC)
RACE = """
import os, sys, pathlib, time
from datetime import datetime, timedelta
from holdfast.state.database import open_state
open_state(pathlib.Path(sys.argv[1]), sys.argv[2] or None)
from holdfast.state import job
moment, forward = datetime.fromisoformat(os.environ["HOLDFAST_NOW"]), timedelta(seconds=float(sys.argv[4]))
print("ready", flush=True)
sys.stdin.readline()
while job.Job.objects.filter(done_at=None).exists():
    os.environ["HOLDFAST_NOW"] = moment.isoformat()
    mine = job.claim(sys.argv[3])
    time.sleep(0.01)
    if mine is None:
        moment += timedelta(seconds=1)
    elif job.finish(mine, lambda j: sys.argv[3]):
        print("did", mine.key, flush=True)
    else:
        print("lost", mine.key, flush=True)
    moment += forward
"""
ASLEEP = """
import os, signal, sys
import holdfast.state.{module} as module
stop = lambda name: os.kill(os.getpid(), signal.SIGSTOP) if name == "{point}" else None
module.failpoint = stop
"""
WORKS = ASLEEP.format(module="job", point="worker.claimed") + """
import pathlib
from holdfast.state import job
mine = job.claim("asleep")
print(job.finish(mine, lambda j: "asleep"))
"""


def started(code: str, *words: str, moment: datetime = START) -> subprocess.Popen[str]:
    env = {**os.environ, "HOLDFAST_NOW": moment.isoformat()}
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def stopped(process: subprocess.Popen[str]) -> None:
    """Wait until the process has sent itself to sleep."""
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), "it ended before it slept"


def woken(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGCONT)
    printed, _ = process.communicate(timeout=120)
    return printed


@pytest.fixture
def jobs(tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("HOLDFAST_NOW", START.isoformat())
    open_state(tmp_path / "data", database)
    from holdfast.state import job

    yield job
    close_state()


def test_of_two_that_race_for_a_hundred_jobs_one_does_each(jobs: Any, tmp_path: Path, database: str | None) -> None:
    for number in range(100):
        jobs.ask_for("call", f"k{number}", START)
    words = (str(tmp_path / "data"), database or "")
    both = [started(RACE, *words, "one", "0"), started(RACE, *words, "two", "200")]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=300)[0].splitlines() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    done = Counter(line.split()[1] for lines in printed for line in lines if line.startswith("did"))
    assert done == Counter(f"k{number}" for number in range(100))
    assert any(line.startswith("lost") for lines in printed for line in lines), "nobody lost a job: no race"
    stored = dict(jobs.Job.objects.values_list("key", "result"))
    assert stored == {line.split()[1]: name for name, lines in zip(("one", "two"), printed, strict=True)
                      for line in lines if line.startswith("did")}


def test_a_worker_that_wakes_after_its_lease_has_no_effect(
    jobs: Any, tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch,
) -> None:
    jobs.ask_for("call", "k", START)
    opened = (
        "import sys, pathlib\nfrom holdfast.state.database import open_state\n"
        "open_state(pathlib.Path(sys.argv[1]), sys.argv[2] or None)\n"
    )
    asleep = started(opened + WORKS, str(tmp_path / "data"), database or "")
    stopped(asleep)
    monkeypatch.setenv("HOLDFAST_NOW", (START + jobs.LEASE + timedelta(seconds=1)).isoformat())
    awake = jobs.claim("awake")
    assert awake.fence == 2
    assert jobs.finish(awake, lambda j: "awake")
    assert woken(asleep).strip() == "False"
    assert jobs.Job.objects.get(key="k").result == "awake"


def test_a_run_that_wakes_after_another_has_published_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "company"
    publish(make(folder), START.date(), row("before"))
    close_state()
    code = (
        f"import sys, pathlib\nsys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from tests.worker.workspace import make, publish, row\n"
        "from holdfast.errors.state import RunOvertaken\n"
        "site = make(pathlib.Path(sys.argv[1]))\n"
        + ASLEEP.format(module="runs", point="publish.before_pointer")
        + "from datetime import date\n"
        "try:\n    publish(site, date(2026, 3, 18), row('asleep'))\n"
        "except RunOvertaken as error:\n    print(error)\n"
    )
    asleep = started(code, str(folder))
    stopped(asleep)
    publish(make(folder), START.date() + timedelta(days=2), row("awake"))
    assert "a later one has begun" in woken(asleep)
    assert asleep.returncode == 0
    from holdfast.state import runs

    assert [found["account_id"] for found in runs.rows()] == ["awake"]
    assert [run.state for run in runs.Run.objects.order_by("pk")] == ["published", "failed", "published"]
    close_state()
