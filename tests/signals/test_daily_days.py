"""Spans of rules are days, not stored rows: weekly days before, daily days after, as history is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from tests.signals.frames import FIRST, history, one_signal, rows

from holdfast.definitions.signal import Signal
from holdfast.lake import Engine, duckdb_engine

WEEKLY = [FIRST + timedelta(weeks=n) for n in range(8)]
DAILY = [WEEKLY[-1] + timedelta(days=n) for n in range(1, 43)]
DAYS = [*WEEKLY, *DAILY]
BEGAN = DAILY[9]  # a Wednesday


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = duckdb_engine(threads=1)
    yield made
    made.close()


def found(engine: Engine, one: Signal, holds: Callable[[date], bool]) -> list[tuple[date, date | None, str, int]]:
    series = {"x": [1 if holds(day) else 5 for day in DAYS]}
    return [(f["opened_on"], f["cleared_on"], f["state"], f["times"])
            for f in rows(engine, history(engine, [one], {"a": series}, DAYS))]


def test_a_condition_waits_for_days(engine: Engine) -> None:
    waits = one_signal(holds_for="14d")
    assert found(engine, waits, lambda day: day >= BEGAN) == [(BEGAN + timedelta(days=14), None, "open", 1)]
    across = WEEKLY[-2]
    assert found(engine, waits, lambda day: day >= across) == [(across + timedelta(days=14), None, "open", 1)]
    assert found(engine, waits, lambda day: BEGAN <= day < BEGAN + timedelta(days=14)) == []


def test_a_day_on_which_it_does_not_hold_begins_the_wait_anew(engine: Engine) -> None:
    better = BEGAN + timedelta(days=6)
    opened = better + timedelta(days=15)
    assert found(engine, one_signal(holds_for="14d"), lambda day: day >= BEGAN and day != better) == [
        (opened, None, "open", 1)]


def test_a_finding_cools_down_in_days(engine: Engine) -> None:
    def back_after(away: int) -> list[Any]:
        kept = one_signal(cool_down="14d")
        return found(engine, kept, lambda day: day == BEGAN or day >= BEGAN + timedelta(days=away))

    assert back_after(14) == [(BEGAN, None, "open", 2)]
    assert [opened for opened, *_ in back_after(15)] == [BEGAN, BEGAN + timedelta(days=15)]


def test_a_finding_expires_after_days(engine: Engine) -> None:
    assert found(engine, one_signal(expires="10d"), lambda day: day >= BEGAN) == [
        (BEGAN, BEGAN + timedelta(days=10), "expired", 1)]
    assert found(engine, one_signal(expires="10d"), lambda day: day >= WEEKLY[3]) == [
        (WEEKLY[3], WEEKLY[3] + timedelta(days=10), "expired", 1)]


def test_what_holds_throughout_is_one_finding(engine: Engine) -> None:
    assert found(engine, one_signal(), lambda day: True) == [(FIRST, None, "open", 1)]


def test_a_change_is_measured_over_days(engine: Engine) -> None:
    """A score that falls by two points on each of the daily days falls by 14 in a week, not by two."""
    scores = [90.0 - 2 * max(0, (day - WEEKLY[-1]).days) for day in DAYS]
    table = pa.table({
        "account_id": ["a"] * len(DAYS), "as_of": pa.array(DAYS, pa.date32()), "dial": ["health"] * len(DAYS),
        "score": scores, "band": ["healthy"] * len(DAYS), "coverage": [1.0] * len(DAYS),
    })

    def opened(condition: str) -> list[date]:
        one = one_signal(when=condition, evidence="{score}")
        return [f["opened_on"] for f in rows(engine, history(engine, [one], {"a": {}}, DAYS, table))]

    assert opened("score_change_7d <= -14") == [DAILY[6]]
    assert opened("score_change_7d < -14") == []
    assert opened("score_change_28d <= -56") == [DAILY[27]]
    assert opened("score_change_7d = 0") == [WEEKLY[1]]
