"""The detectors against second answers in plain Python; a wrong definition or a wrong constant must show."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from detector_answers import Answer, answers
from detector_data import BELIEVED_DAYS, DAYS, ZONE, frame, tables

from holdfast.definitions.expression import Expression
from holdfast.definitions.load import builtin
from holdfast.definitions.metric import Metric
from holdfast.lake import Clock, Engine, duckdb_engine, memory_snapshot
from holdfast.metrics.evaluate import metric_table
from holdfast.metrics.kernels import overdispersion, portfolio_index, usage_tests

NAMES = sorted(n for n, m in builtin().metrics.items() if m.detector is not None or m.found is not None)
LAST = DAYS[-1]
Values = dict[str, Answer]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    found = duckdb_engine(threads=2)
    yield found
    found.close()


def _ours(
    engine: Engine, days: tuple[date, ...], clock: Clock = "known", wrong: Metric | None = None
) -> dict[date, Values]:
    changed, names = ({}, NAMES) if wrong is None else ({wrong.name: wrong}, [wrong.name])
    definitions = replace(builtin(), metrics={**builtin().metrics, **changed})
    snapshot = memory_snapshot(tables(), engine, ZONE)
    wide = engine.arrow(metric_table(snapshot, definitions, engine.frame(frame(days)), names, clock).wide)
    found: dict[date, Values] = {}
    for row in wide.to_pylist():
        found.setdefault(row["as_of"], {})[row["account_id"]] = {name: row[name] for name in names}
    return found


@cache
def _second(day: date, clock: str) -> Values:
    return answers(tables()["event"], day, clock)


def _differences(ours: Values, second: Values, names: list[str]) -> list[str]:
    return [
        f"{account} {name}: {ours[account][name]}, second answer {second[account].get(name)}"
        for account in sorted(second) for name in names
        if not _same(ours[account][name], second[account].get(name))
    ]


def _same(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize(("clock", "days"), [("known", DAYS), ("believed", BELIEVED_DAYS)])
def test_equal_second_answers(engine: Engine, clock: Clock, days: tuple[date, ...]) -> None:
    ours = _ours(engine, days, clock)
    for day in days:
        assert not _differences(ours[day], _second(day, clock), NAMES)


def test_the_data_give_every_metric_both_kinds_of_value() -> None:
    values = [value for day in DAYS for value in _second(day, "known").values()]
    for name in NAMES:
        told = {value[name] for value in values if value.get(name) is not None}
        assert len(told) > 1, f"the data never tell {name} apart"


def test_late_rows_are_not_believed() -> None:
    known, believed = _second(LAST, "known"), _second(LAST, "believed")
    assert known["a06"]["usage_silent_weeks"] == 0
    assert believed["a06"]["usage_silent_weeks"] == 4


def _wrong_definitions() -> Iterator[tuple[str, Metric]]:
    metrics = builtin().metrics
    for name in NAMES:
        over, found = metrics[name].detector, metrics[name].found
        if over is not None:
            other = "surge_p" if over.take != "surge_p" else "decline_p"
            yield f"{name} takes {other}", _changed(metrics[name], "detector", take=other)
            for text in () if name in OF_ALL else ("channel is not null", "user_id is not null"):
                yield f"{name} where {text}", _changed(metrics[name], "detector", where=Expression.parse(text))
        if found is not None:
            for change in ({"false_share": 1e-9}, {"at_most": 1e-9}, {"at_most_effect": -1.5},
                           {"at_least_effect": 9.0}):
                yield f"{name} {change}", _changed(metrics[name], "found", **change)


OF_ALL = ("usage_index_event", "usage_down_share", "usage_up_share")
"""One account's events do not move these."""


def _changed(metric: Metric, primitive: str, **values: Any) -> Metric:
    return metric.model_copy(update={primitive: getattr(metric, primitive).model_copy(update=values)})


def _definition_shows(engine: Engine, metric: Metric) -> bool:
    ours = _ours(engine, (DAYS[1], LAST), wrong=metric)
    return any(_differences(ours[day], _second(day, "known"), [metric.name]) for day in (DAYS[1], LAST))


WRONG_DEFINITIONS = dict(_wrong_definitions())


@pytest.mark.parametrize("what", random.Random(5).sample(sorted(WRONG_DEFINITIONS), 8))
def test_a_wrong_definition_shows(engine: Engine, what: str) -> None:
    assert _definition_shows(engine, WRONG_DEFINITIONS[what])


@pytest.mark.soak
@pytest.mark.parametrize("what", sorted(WRONG_DEFINITIONS))
def test_every_wrong_definition_shows(engine: Engine, what: str) -> None:
    assert _definition_shows(engine, WRONG_DEFINITIONS[what])


WRONG: list[tuple[Any, str, Any]] = [
    (portfolio_index, "BACK", 11), (portfolio_index, "USUAL", 12), (portfolio_index, "EVENT", 0.99),
    (portfolio_index, "EVENT_Z", 400.0), (portfolio_index, "HIDDEN_WEEKS", 1),
    (portfolio_index, "LEAST_ACCOUNTS", 44), (overdispersion, "POOL", 55), (overdispersion, "PRIOR_SCATTER", 0.16),
    (overdispersion, "PRIOR_MEMORY", 0.2), (overdispersion, "PRIOR_WEIGHT", 900.0), (overdispersion, "CAUTION", 0.4),
    (overdispersion, "STEADY", 0.3), (usage_tests, "RECENT", 5), (usage_tests, "BASE", 23), (usage_tests, "YEAR", 51),
    (usage_tests, "DIP", 1e-9), (usage_tests, "SLOW_DIP", 0.3), (usage_tests, "SLOW", 0.7),
    (usage_tests, "SLOW_SHORTEST", 12),
    (usage_tests, "SLOW_SPANS", (13, 25)), (usage_tests, "SEEN_BASE", 21), (usage_tests, "LEAST_COUNTS", 60),
    (usage_tests, "SLOW_SEEN", 51), (usage_tests, "SLOW_COUNTS", 200), (usage_tests, "LONGEST_SILENCE", 2),
]
SAMPLE = sorted(random.Random(3).sample(range(len(WRONG)), 6))


def _constant_shows(engine: Engine, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, value: Any) -> bool:
    monkeypatch.setattr(module, name, value)
    ours = _ours(engine, DAYS[:2] + DAYS[3:])
    return any(_differences(ours[day], _second(day, "known"), NAMES) for day in ours)


@pytest.mark.parametrize("place", SAMPLE, ids=lambda p: WRONG[p][1])
def test_a_wrong_constant_shows(engine: Engine, monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    assert _constant_shows(engine, monkeypatch, *WRONG[place])


@pytest.mark.soak
@pytest.mark.parametrize(("module", "name", "value"), [pytest.param(*w, id=w[1]) for w in WRONG])
def test_every_wrong_constant_shows(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, value: Any
) -> None:
    assert _constant_shows(engine, monkeypatch, module, name, value)


def test_one_look_says_what_many_say(engine: Engine) -> None:
    together, alone = _ours(engine, DAYS), _ours(engine, (LAST,))
    assert alone[LAST] == together[LAST]


@pytest.mark.soak
@pytest.mark.spark
def test_both_engines_agree() -> None:
    import os
    import sys

    from holdfast.lake import spark_engine

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = spark_engine("local[2]")
    try:
        theirs = _ours(spark, (LAST,))
    finally:
        spark.close()
    assert not _differences(theirs[LAST], _second(LAST, "known"), NAMES)
