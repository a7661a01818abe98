"""The audit log: what was done is on record, and a change of the record is found."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from holdfast.web.personal_reads import EVERY

from .conftest import IN_POSTGRESQL
from .server import Served, invited, join, log_in
from .test_rights import every_account


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


def test_who_was_shown_names_of_people_is_on_record_once_a_day(
    application: Served, browsers: dict[str, httpx.Client]
) -> None:
    mail, account = "ina.reads@office.example", str(every_account(application.folder)[0]["account_id"])
    with httpx.Client(base_url=application.address, timeout=60) as newcomer:
        join(newcomer, invited(application.folder, "operations", mail, application.address), mail)
    ina = log_in(application.address, mail)
    for _ in range(2):
        assert ina.get(f"/accounts/{account}").status_code == 200
    ended = time.monotonic() + 30
    while not (lines := shown_to(mail, browsers["administrator"].get("/audit").text)):
        assert time.monotonic() < ended
        time.sleep(0.5)
    time.sleep(1.5 * EVERY)
    lines = shown_to(mail, browsers["administrator"].get("/audit").text)
    assert len(lines) == 1
    assert "people 1 account" in lines[0]
    assert account in lines[0]


def shown_to(mail: str, page: str) -> list[str]:
    """The lines of the log that say that somebody was shown people."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    return [row for row in rows if mail in row and "looked at" in row]
