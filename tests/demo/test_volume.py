"""As many events as were asked for, about."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.demo import write_demo
from holdfast.demo.events import volume


@pytest.mark.parametrize("events", [70_000, 400_000])
def test_the_number_of_events_is_near_the_wish(tmp_path: Path, events: int) -> None:
    summary = write_demo(tmp_path, accounts=60, months=12, events=events, seed=5)
    assert 0.6 * events < summary.events < 1.5 * events


def test_actions_a_day_are_raised_before_users() -> None:
    assert volume(100, 12, 1_000_000).crowd == 1.0
    assert volume(100, 12, 1_000_000).actions > volume(100, 12, 500_000).actions
    large = volume(100, 12, 5_000_000)
    assert large.actions == 20.0
    assert large.crowd > 1.0
