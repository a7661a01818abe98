"""Rolling up and tidying, killed at every named point, done again: the same rows, and nothing left over."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys

import duckdb
import pytest

from holdfast.lake import Lake
from holdfast.lake.upkeep import orphans

from .event_batches import commit, events

KILLED = -9
ROLL_UP = (
    "import sys\n"
    "from dataclasses import replace\n"
    "from pathlib import Path\n"
    "from holdfast.definitions.load import builtin\n"
    "from holdfast.lake import Lake, duckdb_engine\n"
    "from holdfast.pipeline.roll_up import roll_up\n"
    "known = builtin()\n"
    "small = replace(known, metrics={n: known.metrics[n] for n in ('mau', 'features_used_30d')})\n"
    "lake = Lake(Path(sys.argv[1]))\n"
    "roll_up(lake, duckdb_engine(1), small, lake.table('event').version(), 'UTC', Path(sys.argv[2]))\n"
)
TIDY = (
    "import sys\n"
    "import duckdb\n"
    "from pathlib import Path\n"
    "from holdfast.lake import Lake\n"
    "from holdfast.lake.tidy import tidy\n"
    "tidy(Lake(Path(sys.argv[1])), duckdb.connect(), Path(sys.argv[2]), {'event': [7]}, few=2)\n"
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A lake with seven batches of packed events of which the first four are rolled up."""
    root = tmp_path_factory.mktemp("begun")
    lake, rows = Lake(root / "lake"), events(random.Random(8), 70)
    for number in range(7):
        commit(lake, rows[number * 10:number * 10 + 10], root / "in", f"batch-{number}", packed=True)
        if number == 3:
            assert ran(ROLL_UP, root) == 0
    return root


def ran(code, root, point=""):
    command = [sys.executable, "-c", code, str(root / "lake"), str(root / "staging")]
    return subprocess.run(command, env={**os.environ, "HOLDFAST_FAILPOINT": point}, check=False).returncode


def rows_of(table, version=None):
    listed = ", ".join(f"'{f}'" for f in table.files(version))
    query = f"SELECT * EXCLUDE (month) FROM read_parquet([{listed}], union_by_name=true) ORDER BY ALL"
    return duckdb.connect().execute(query).fetchall()


def rolled_up(root):
    (name,) = [n for n in Lake(root / "lake").versions() if n.startswith("rollup_")]
    return Lake(root / "lake").table(name)


def same_after_a_kill(code, point, begun, folder, table):
    """``code`` killed at ``point`` and run again gives what it gives undisturbed, and leaves no orphan."""
    whole, killed = (shutil.copytree(begun, folder / name) for name in ("whole", "killed"))
    assert ran(code, whole) == 0
    assert ran(code, killed, point) == KILLED, f"{point} did not kill"
    assert ran(code, killed) == 0
    assert rows_of(table(killed)) == rows_of(table(whole))
    assert len(table(killed).paths()) == len(table(whole).paths())
    assert orphans(table(killed)) == []


@pytest.mark.parametrize("point", ["rollup.after_write:2", "rollup.before_commit", "rollup.after_commit"])
def test_a_killed_roll_up(point, begun, tmp_path):
    same_after_a_kill(ROLL_UP, point, begun, tmp_path, rolled_up)


@pytest.mark.parametrize("point", [
    "compact.event.after_write", "lake.event.before_commit", "compact.event.after_commit",
    "lake.event.before_clean_up:2",
])
def test_killed_upkeep(point, begun, tmp_path):
    tidy = TIDY.replace("[7]", "[]")
    same_after_a_kill(tidy, point, begun, tmp_path, lambda root: Lake(root / "lake").table("event"))


def test_a_kept_version_stays_readable(begun, tmp_path):
    root = shutil.copytree(begun, tmp_path / "kept")
    table = Lake(root / "lake").table("event")
    before = rows_of(table, 7)
    assert ran(TIDY, root) == 0
    assert len(table.paths()) < len(table.paths(7))
    assert rows_of(table, 7) == rows_of(table) == before
