"""Every metric of the catalogue against SQL that was written from its words, by either clock."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest
from data_event import FEATURES
from frame_data import BELIEVED_DAYS, DAYS, ZONE, frame
from second_answer import SecondAnswers, days_of, differences, metrics_with_answer, ours, tables

from holdfast.definitions.load import builtin
from holdfast.lake import duckdb_engine, memory_snapshot
from holdfast.metrics.evaluate import metric_table

CLOCKS = ("known", "believed")


@pytest.fixture(scope="module")
def values() -> dict[str, pa.Table]:
    """The whole catalogue on every day, by clock."""
    engine = duckdb_engine(threads=2)
    snapshot = memory_snapshot(tables(), engine, ZONE)
    definitions = replace(builtin(), features=FEATURES)
    names = [n for n in metrics_with_answer() if n in definitions.metrics]
    found = {}
    for clock in CLOCKS:
        asked = engine.frame(frame(days_of(clock, DAYS, BELIEVED_DAYS)))
        found[clock] = engine.arrow(metric_table(snapshot, definitions, asked, names, clock).wide)
    return found


@pytest.fixture(scope="module")
def answers() -> SecondAnswers:
    found = SecondAnswers()
    for clock in CLOCKS:
        found.ask_all(metrics_with_answer(), days_of(clock, DAYS, BELIEVED_DAYS), clock)
    return found


@pytest.mark.parametrize("metric", metrics_with_answer())
def test_equals_second_answer(metric: str, values: dict[str, pa.Table], answers: SecondAnswers) -> None:
    different, present = [], 0
    for clock in CLOCKS:
        by_day = ours(values[clock], metric)
        for day in days_of(clock, DAYS, BELIEVED_DAYS):
            second = answers.answer(metric, day, clock)
            present += sum(value is not None for value in second.values())
            different += [f"{clock} {day} {text}" for text in differences(by_day[day], second)]
    assert not different, "\n".join(different)
    assert present, "the data never give this metric a value"


def test_every_metric_has_an_answer() -> None:
    elsewhere = {n for n, m in builtin().metrics.items() if m.detector is not None or m.found is not None}
    missing = sorted(set(builtin().metrics) - set(metrics_with_answer()) - elsewhere)
    assert not missing


def test_every_answer_has_a_metric() -> None:
    assert not sorted(set(metrics_with_answer()) - set(builtin().metrics))
