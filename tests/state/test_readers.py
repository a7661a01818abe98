"""Readers beside a run that publishes: no error, and never rows of two publishes in one answer."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date, timedelta

import pytest

from holdfast.state.database import close_state, open_state

ACCOUNTS = 40
READER = """
import sys
from pathlib import Path
from holdfast.state.database import open_state
open_state(Path(sys.argv[1]), sys.argv[4] or None)
from holdfast.state import runs
seen = set()
Path(sys.argv[5]).touch()
while not Path(sys.argv[2]).exists():
    for found in (runs.current(), None):
        rows = list(runs.rows(found))
        marks = {row["mark"] for row in rows}
        assert len(rows) == int(sys.argv[3]) and len(marks) == 1, (len(rows), marks)
        assert found is None or marks == {found.as_of.isoformat()}, (marks, found.as_of)
        seen |= marks
print(len(seen))
"""


@pytest.mark.parametrize(
    ("readers", "publishes"), [(3, 60), pytest.param(8, 1000, marks=pytest.mark.soak)],
)
def test_readers_beside_a_publish_see_one_state_whole(tmp_path, database, readers, publishes):
    open_state(tmp_path / "data", database)
    from holdfast.state import definition_sets, runs

    def publish(number):
        day = date(2020, 1, 1) + timedelta(number)
        run = runs.start(day, definition_sets.remember("h", "h"), {}, "0.1")
        rows = [
            {"account_id": f"{n:04}", "band": "neutral", "mark": day.isoformat()} for n in range(ACCOUNTS)
        ]
        runs.publish(run, {"scores": number}, rows, {})

    try:
        publish(0)
        over = tmp_path / "over"
        words = [sys.executable, "-c", READER, str(tmp_path / "data"), str(over), str(ACCOUNTS), database or ""]
        there = [tmp_path / f"reads {number}" for number in range(readers)]
        beside = [
            subprocess.Popen([*words, str(mark)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for mark in there
        ]
        while not all(mark.exists() for mark in there) and all(one.poll() is None for one in beside):
            time.sleep(0.05)
        for number in range(1, publishes):
            publish(number)
        over.touch()
        ends = [(*one.communicate(timeout=120), one.returncode) for one in beside]
    finally:
        close_state()
    assert all(code == 0 for _, _, code in ends), ends
    assert sum(int(out) for out, _, _ in ends) > readers
