"""Leases and fences: an expired lease is taken over, and who lost it has no effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from holdfast.state.database import close_state, open_state

START = datetime(2026, 3, 17, 8, tzinfo=UTC)


@pytest.fixture
def jobs(tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The module of jobs over a fresh state; ``jobs.at`` sets the clock."""
    open_state(tmp_path / "data", database)
    from holdfast.state import job

    monkeypatch.setattr(job, "at", lambda seconds: monkeypatch.setenv(
        "HOLDFAST_NOW", (START + timedelta(seconds=seconds)).isoformat()), raising=False)
    job.at(0)
    yield job
    close_state()


def test_a_job_asked_for_twice_is_there_once_and_is_due_at_its_time(jobs: Any) -> None:
    assert jobs.ask_for("call", "k", START + timedelta(seconds=10))
    assert not jobs.ask_for("call", "k", START)
    assert jobs.claim("one") is None
    jobs.at(10)
    assert jobs.claim("one").key == "k"
    assert jobs.claim("two") is None


def test_an_expired_lease_is_taken_over_and_the_first_holder_has_no_effect(jobs: Any) -> None:
    jobs.ask_for("call", "k", START)
    effects: list[str] = []
    slow = jobs.claim("slow")
    jobs.at(119)
    assert jobs.claim("quick") is None
    jobs.at(120)
    quick = jobs.claim("quick")
    assert quick.fence == slow.fence + 1
    assert not jobs.finish(slow, lambda job: effects.append("slow") or "x")
    assert not jobs.renew(slow)
    assert jobs.finish(quick, lambda job: effects.append("quick") or "x")
    assert not jobs.finish(quick, lambda job: effects.append("again") or "x")
    assert effects == ["quick"]
    jobs.at(10_000)
    assert jobs.claim("three") is None


def test_a_renewed_lease_is_kept(jobs: Any) -> None:
    jobs.ask_for("run", "k", START)
    mine = jobs.claim("one")
    jobs.at(100)
    assert jobs.renew(mine)
    jobs.at(219)
    assert jobs.claim("two") is None
    jobs.at(220)
    assert jobs.claim("two") is not None


def test_an_effect_that_fails_leaves_nothing_and_is_tried_again_a_few_times(jobs: Any) -> None:
    jobs.ask_for("call", "k", START)
    for number in range(jobs.RETRIES):
        jobs.at(number * 1_000)
        mine = jobs.claim("one")

        def effect(job: Any) -> str:
            jobs.ask_for("call", "made by the effect", START)
            raise ValueError("broken")

        with pytest.raises(ValueError, match="broken"):
            jobs.finish(mine, effect)
        jobs.give_back(mine, "broken", timedelta(seconds=1_000))
        assert jobs.claim("two") is None
    jobs.at(100_000)
    assert jobs.claim("one") is None
    parked = jobs.Job.objects.get()
    assert (parked.key, parked.result, parked.done_at) == ("k", "broken", None)


def test_the_job_due_first_comes_first_and_held_ones_wait(jobs: Any) -> None:
    jobs.ask_for("call", "later", START - timedelta(seconds=1))
    jobs.ask_for("call", "first", START - timedelta(seconds=9))
    jobs.ask_for("call", "held", START - timedelta(seconds=99), held=True)
    assert [jobs.claim("one").key, jobs.claim("one").key, jobs.claim("one")] == ["first", "later", None]


def test_a_run_whose_workers_die_again_and_again_is_parked_with_the_reason(jobs: Any, tmp_path: Path) -> None:
    from holdfast.state import definition_sets, runs
    from holdfast.state.lock import only_run
    from holdfast.worker import run_job

    jobs.ask_for("run", "night", START)
    jobs.ask_for("call", "told", START)
    for death in range(jobs.RETRIES):
        jobs.at(1_000 * death)
        assert {jobs.claim(f"worker {death}").key for _ in range(2)} == {"night", "told"}
    runs.start(START.date(), definition_sets.remember("h", "h"), {}, "0.1")
    jobs.at(1_000 * jobs.RETRIES)
    assert jobs.claim("next", kinds=["run"]) is None
    assert jobs.claim("next").key == "told"
    assert jobs.claim("next") is None
    [given_up] = jobs.parked("run")
    assert given_up.result == f"{jobs.DIED}: worker {jobs.RETRIES - 1}"
    with only_run(tmp_path):
        run_job.note_parked(tmp_path)
        assert runs.last_run().state == "running", "somebody is at work by hand"
    run_job.note_parked(tmp_path)
    assert runs.last_run().state == "failed"
    assert jobs.DIED in runs.last_run().facts["error"]
