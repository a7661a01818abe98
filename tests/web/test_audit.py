"""The audit log: what was done is on record, and a change of the record is found."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from .conftest import IN_POSTGRESQL
from .server import Served


def verify(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "holdfast", "audit", "verify", "-w", str(folder)],
        capture_output=True, text=True, check=False,
    )


@pytest.fixture
def copied(application: Served, browsers: dict[str, httpx.Client], tmp_path: Path) -> Path:
    """A copy of the workspace whose log somebody may change."""
    folder = tmp_path / "copy"
    shutil.copytree(application.folder, folder, ignore=shutil.ignore_patterns("lake", "static"))
    return folder


def test_the_log_is_whole_and_tells_of_logins(copied: Path, browsers: dict[str, httpx.Client]) -> None:
    done = verify(copied)
    assert done.returncode == 0, done.stderr
    page = browsers["administrator"].get("/audit").text
    assert "logged in" in page
    assert "The chain holds." in page


@pytest.mark.skipif(bool(os.environ.get(IN_POSTGRESQL)), reason="a copy of the folder copies no PostgreSQL database")
@pytest.mark.parametrize("change", [
    "update state_auditentry set verb = 'read' where number = 3",
    "update state_auditentry set at = '2020-01-01 00:00:00' where number = 2",
    "delete from state_auditentry where number = 4",
    "delete from state_auditentry where number = (select max(number) from state_auditentry)",
    "update state_auditentry set number = number + 1000 where number = 2",
])
def test_any_change_of_the_log_is_found(copied: Path, change: str) -> None:
    with sqlite3.connect(copied / ".holdfast" / "state.sqlite3") as database:
        database.execute(change)
    done = verify(copied)
    assert done.returncode == 1
    assert "audit log, entry" in done.stderr
