"""False alarms and power of the detectors as they ship: a seeded sample; `make soak` has the full counts."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "detectors"))

from error_rates import POWERS, cell, dip, power, whole
from usage_simulator import CELLS, World, counts

WORLDS = ({}, {"memory": 0.4}, {"shape": "log-normal"}, {"growth": 0.004}, {"season": 0.4})


def test_the_simulator_keeps_its_words() -> None:
    use = counts(np.random.default_rng(4), World(30, 0.4, memory=0.5), 400, 200)
    assert abs(use.mean() / 30 - 1) < 0.03
    scatter = (use.var(axis=0).mean() - 30) / 30**2
    assert abs(scatter / 0.4**2 - 1) < 0.1
    apart = use - use.mean(axis=0)
    memory = (apart[1:] * apart[:-1]).mean() / (scatter * 30**2)
    assert 0.4 < memory < 0.55


@pytest.mark.parametrize(("mean", "cv"), [(1, 0.2), (3, 0.1), (30, 0.4), (300, 0.2)])
def test_a_detector_alone_seldom_cries_wolf(mean: float, cv: float) -> None:
    for name, found in cell(World(mean, cv), 2_400, seed=8, accounts=600).items():
        assert found.upper <= 0.018, (name, found)


@pytest.mark.soak
@pytest.mark.parametrize("place", range(len(CELLS)))
def test_a_detector_alone_is_wrong_in_at_most_one_account_month_of_a_hundred(place: int) -> None:
    mean, cv = CELLS[place]
    for name, found in cell(World(mean, cv), 20_000, seed=place).items():
        assert found.months >= 20_000
        assert found.upper <= 0.01, (name, found)


def test_the_union_after_control_seldom_cries_wolf() -> None:
    found = whole(each=20, long=5, seed=6)
    assert found["union, after control"].upper <= 0.01
    assert found["union, alone"].alarms > found["union, after control"].alarms


@pytest.mark.soak
@pytest.mark.parametrize("further", WORLDS, ids=str)
def test_the_union_after_control_over_whole_portfolios(further: dict[str, object]) -> None:
    assert whole(each=100, long=8, seed=11, **further)["union, after control"].upper <= 0.01


@pytest.mark.parametrize("place", [1, 4])
def test_changes_are_found(place: int) -> None:
    name, world, factor, back, looks, asked, _ = POWERS[place]
    found = power(name, world, factor, back, looks, seed=2, accounts=2_500)
    assert found >= asked - 2 * (asked * (1 - asked) / 100) ** 0.5


@pytest.mark.soak
@pytest.mark.parametrize("place", range(len(POWERS)))
def test_every_asked_power_is_reached(place: int) -> None:
    name, world, factor, back, looks, asked, words = POWERS[place]
    found = power(name, world, factor, back, looks, seed=1, accounts=25_000)
    assert found >= asked - 0.03, words


def test_a_dip_of_everybody_is_one_note_and_no_finding_about_accounts() -> None:
    opened, notes = dip(each=20, seed=0)
    assert opened == 0
    assert [n.kind for n in notes if n.first_week.year == 2025 and n.first_week.month == 12] == ["holiday"]
