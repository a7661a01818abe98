"""One small company that has been run: 20 accounts, 3 months, few events, three weeks of history.

What its pages need is prepared, as a worker does after a run: no test waits for it, and no served copy makes it anew.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EVENING = "2026-06-30T21:00:00+00:00"
"""When it is run: the evening of the day that it scores, so that what is published is what is believed."""


PREPARED = """
import sys
from holdfast.pipeline.site import Site
from holdfast.worker.work import Worker
worker = Worker(Site(sys.argv[1]))
while worker.prepare():
    pass
"""


def holdfast(*words: str) -> None:
    """Run a command in a process of its own; it must succeed."""
    _python("-m", "holdfast", *words)


def _python(*words: str) -> None:
    then = {**os.environ, "HOLDFAST_NOW": EVENING}
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, env=then)
    assert done.returncode == 0, done.stderr


def build(folder: Path) -> None:
    """Write the company and run it."""
    holdfast("demo", str(folder), "--accounts", "20", "--months", "3", "--events", "4000")
    holdfast("run", "-w", str(folder), "--history", "3w")
    _python("-c", PREPARED, str(folder))


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that ``make`` fills; only to be read. All test processes share one."""
    shared = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder, done = shared / name, shared / f"{name}.done"
    with open(shared / f"{name}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def small_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder; only to be read."""
    return made_once(tmp_path_factory, "small-company", build)


@pytest.fixture
def own_company(small_company: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(small_company, tmp_path / "company"))
