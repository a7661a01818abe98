"""A run killed at any point is run again, and nothing shows of it."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from .company import FEW_SOURCES, copy_of, exports, make_company, run

SAMPLE = 3
SOAK = 200
KILLED = -9


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """See ``seen_through``: a company with few sources."""
    return seen_through(tmp_path_factory.mktemp("kills"), FEW_SOURCES)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """See ``seen_through``: a company with every source."""
    return seen_through(tmp_path_factory.mktemp("whole"), None)


def seen_through(root, sources):
    """A company, the points that its run passes with how often, what an undisturbed run exports, and that run's."""
    company = make_company(root / "company", sources=sources)
    clean = copy_of(company, root / "clean")
    trace = root / "trace"
    done = run(clean, {"HOLDFAST_FAILPOINT_TRACE": str(trace)})
    assert done.returncode == 0, done.printed
    points = Counter(trace.read_text(encoding="utf-8").split())
    return company, points, exports(clean, root / "expected"), clean


def stages(points: Counter[str]) -> list[str]:
    return sorted({name.split(".")[0] for name in points})


def chosen(points: Counter[str], count: int) -> list[str]:
    """``name:n`` targets spread over all stages, the same for the same company."""
    luck = random.Random(7)
    by_stage = {stage: sorted(n for n in points if n.split(".")[0] == stage) for stage in stages(points)}
    targets = []
    while len(targets) < count:
        for names in by_stage.values():
            name = luck.choice(names)
            targets.append(f"{name}:{luck.randint(1, points[name])}")
    return targets[:count]


def killed_and_repeated(company: Path, target: str, expected: dict[str, bytes], root: Path) -> None:
    """Kill a run at ``target``, run again, compare every export, and look for leftovers."""
    folder = copy_of(company, root / "company")
    try:
        assert run(folder, {"HOLDFAST_FAILPOINT": target}).returncode == KILLED, f"{target} did not kill"
        again = run(folder)
        assert again.returncode == 0, f"{target}: {again.printed}"
        found = exports(folder, root / "out")
        different = [name for name in expected if found[name] != expected[name]]
        assert not different, f"{target}: {different} differ"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_the_points_are_spread_over_all_stages(undisturbed):
    _, points, *_ = undisturbed
    assert {"ingest", "lake", "evaluate", "history", "publish"} <= set(stages(points))


def test_a_repeated_run_changes_nothing(undisturbed, tmp_path):
    *_, expected, clean = undisturbed
    folder = copy_of(clean, tmp_path / "company")
    assert run(folder).returncode == 0
    assert exports(folder, tmp_path / "out") == expected


@pytest.mark.parametrize("number", range(SAMPLE))
def test_a_killed_run_leaves_no_trace(undisturbed, number, tmp_path):
    company, points, expected, _ = undisturbed
    killed_and_repeated(company, chosen(points, SAMPLE)[number], expected, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(SOAK))
def test_two_hundred_kills_leave_no_trace(whole, number, tmp_path):
    company, points, expected, _ = whole
    killed_and_repeated(company, chosen(points, SOAK)[number], expected, tmp_path)
