"""The state database is upgraded once, whole or not at all, and never by a program older than it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from command import command

OPEN = "import sys, pathlib; from holdfast.state.database import open_state; open_state(pathlib.Path(sys.argv[1]))"
BACK = OPEN + "; from django.core.management import call_command; call_command('migrate', 'state', '0002', verbosity=0)"
KILLED = """
import os, pathlib, signal, sys
from holdfast.state.database import configure, open_state
configure()
from django.db.migrations.operations import CreateModel
made, whole = [], CreateModel.database_forwards
def half(self, app_label, *rest):
    whole(self, app_label, *rest)
    made.append(self.name)
    if len(made) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
CreateModel.database_forwards = half
open_state(pathlib.Path(sys.argv[1]))
"""


def python(code: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, str(folder)], stderr=subprocess.PIPE, text=True)


def tables(folder: Path) -> set[str]:
    with sqlite3.connect(folder / "state.sqlite3") as database:
        return {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}


def steps(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "state.sqlite3") as database:
        return [n for (n,) in database.execute("select name from django_migrations where app = 'state' order by name")]


@pytest.fixture
def older(tmp_path):
    """A state database as the second step left it, and the tables and steps of the newest."""
    assert python(OPEN, tmp_path).wait() == 0
    newest = tables(tmp_path), steps(tmp_path)
    assert python(BACK, tmp_path).wait() == 0
    assert steps(tmp_path)[-1].startswith("0002")
    return tmp_path, newest


def test_an_upgrade_that_is_killed_half_way_is_made_whole_by_the_next(older):
    folder, newest = older
    before = tables(folder)
    assert python(KILLED, folder).wait() == -9
    assert tables(folder) == before
    assert python(OPEN, folder).wait() == 0
    assert (tables(folder), steps(folder)) == newest


def test_who_starts_together_upgrades_once(older):
    folder, newest = older
    together = [python(OPEN, folder) for _ in range(4)]
    assert [one.wait() for one in together] == [0, 0, 0, 0]
    assert (tables(folder), steps(folder)) == newest


def test_an_older_program_leaves_a_newer_database_alone(own_company):
    data = own_company / ".holdfast"
    with sqlite3.connect(data / "state.sqlite3") as database:
        values = ("state", "9999_later", "2026-01-01")
        database.execute("insert into django_migrations (app, name, applied) values (?, ?, ?)", values)
    done = command("accounts", "-w", str(own_company))
    assert done.returncode == 1
    assert "9999_later" in done.stderr
    assert "newer Holdfast" in done.stderr
