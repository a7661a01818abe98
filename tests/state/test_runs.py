"""The pointer moves whole, definitions hold from their publish on, one run at a time."""

import subprocess
import sys
from datetime import date

import pytest

from holdfast.errors.state import RunInProgress, RunOvertaken
from holdfast.state.database import close_state, open_state
from holdfast.state.lock import only_run


@pytest.fixture
def state(tmp_path, database):
    open_state(tmp_path / "data", database)
    from holdfast.state import definition_sets, runs

    yield runs, definition_sets
    close_state()


def published(state, day, hash_="h1", accounts=("a",)):
    runs, sets = state
    run = runs.start(day, sets.remember(hash_, hash_), {"account": 1}, "0.1")
    rows = [{"account_id": a, "band": "neutral", "score": 50.0} for a in accounts]
    return runs.publish(run, {"scores": 1}, rows, {})


def test_readers_see_the_last_publish_and_its_rows_only(state):
    runs, _ = state
    assert runs.current() is None
    published(state, date(2026, 1, 1), accounts=("a", "b"))
    second = published(state, date(2026, 1, 2), accounts=("b", "c"))
    assert runs.current() == second
    assert [r["account_id"] for r in runs.rows()] == ["b", "c"]


def test_a_publish_that_breaks_leaves_the_last_one(state):
    runs, sets = state
    first = published(state, date(2026, 1, 1))
    run = runs.start(date(2026, 1, 2), sets.remember("h1", ""), {}, "0.1")
    with pytest.raises(KeyError):
        runs.publish(run, {}, [{"account_id": "x"}], {})
    assert runs.current() == first
    assert [r["account_id"] for r in runs.rows()] == ["a"]


def test_a_run_that_wakes_after_a_later_one_began_cannot_publish(state):
    runs, sets = state
    asleep = runs.start(date(2026, 1, 1), sets.remember("h1", ""), {}, "0.1")
    later = published(state, date(2026, 1, 2))
    for run in (asleep, later.run):
        with pytest.raises(RunOvertaken, match="a later one has begun"):
            runs.publish(run, {"scores": 9}, [], {})
    assert runs.current() == later
    assert [r["account_id"] for r in runs.rows()] == ["a"]


def test_definitions_hold_from_the_day_of_their_publish(state):
    _, sets = state
    published(state, date(2026, 1, 10), "old")
    published(state, date(2026, 1, 20), "new")
    assert sets.in_force(date(2025, 1, 1)).hash == "old"
    assert sets.in_force(date(2026, 1, 19)).hash == "old"
    assert sets.in_force(date(2026, 1, 20)).hash == "new"


def test_a_second_workspace_in_one_process_has_its_own_state(state, tmp_path, database):
    runs, _ = state
    published(state, date(2026, 1, 1))
    open_state(tmp_path / "other")
    assert runs.current() is None
    open_state(tmp_path / "data", database)
    assert runs.current() is not None


def test_a_run_is_refused_while_another_process_holds_the_workspace(tmp_path):
    code = (
        "import sys\nfrom pathlib import Path\nfrom holdfast.state.lock import only_run\n"
        "with only_run(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(RunInProgress, match=str(other.pid)), only_run(tmp_path):
            pass
    finally:
        other.kill()
        other.wait()
    with only_run(tmp_path):
        pass
