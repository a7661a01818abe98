"""A definition that is wrong by a little must differ from the second answer; a survivor is a defect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pytest
from data_event import FEATURES
from frame_data import DAYS, ZONE, frame
from perturb import perturbations
from second_answer import SecondAnswers, differences, metrics_with_answer, ours, tables

from holdfast.definitions.load import builtin
from holdfast.lake import duckdb_engine, memory_snapshot
from holdfast.metrics.evaluate import metric_table

FAMILIES = ("usage", "change", "adoption", "weighted")
EVENT_METRICS = [
    n for n in metrics_with_answer() if n in builtin().metrics and builtin().metrics[n].family in FAMILIES
]
Wrong = tuple[dict[str, dict[str, str]], pa.Table]


def _wide(metrics: dict[str, Any], names: list[str], zone: str) -> pa.Table:
    engine = duckdb_engine(threads=2)
    snapshot = memory_snapshot(tables(), engine, zone)
    definitions = replace(builtin(), features=FEATURES, metrics=metrics)
    return engine.arrow(metric_table(snapshot, definitions, engine.frame(frame(DAYS)), names, "known").wide)


@lru_cache(maxsize=1)
def _wrong(chosen: tuple[str, ...]) -> Wrong:
    """Every wrong definition as a metric of its own: metric -> wrong -> name, and all their values."""
    metrics, named = dict(builtin().metrics), {}
    for metric in chosen:
        named[metric] = {}
        for n, (what, definition) in enumerate(perturbations(metrics[metric])):
            name = f"{metric}__wrong_{n}"
            metrics[name] = definition.model_copy(update={"name": name})
            named[metric][what] = name
    return named, _wide(metrics, [n for found in named.values() for n in found.values()], ZONE)


@lru_cache(maxsize=1)
def _wrong_zone(chosen: tuple[str, ...]) -> pa.Table:
    return _wide(dict(builtin().metrics), list(chosen), "UTC")


@lru_cache(maxsize=1)
def _answers(chosen: tuple[str, ...]) -> SecondAnswers:
    found = SecondAnswers()
    found.ask_all(chosen, DAYS)
    return found


def _survivors(metric: str, chosen: Sequence[str]) -> list[str]:
    named, wide = _wrong(tuple(chosen))
    assert named[metric], "nothing was done to this metric"
    answers = _answers(tuple(chosen))
    return [what for what, column in named[metric].items() if not _differs(wide, column, metric, answers)]


def _differs(wide: pa.Table, column: str, metric: str, answers: SecondAnswers) -> bool:
    by_day = ours(wide, column)
    return any(differences(by_day[day], answers.answer(metric, day)) for day in reversed(DAYS))


@pytest.mark.parametrize("metric", EVENT_METRICS)
def test_no_wrong_definition_survives(metric: str) -> None:
    assert not _survivors(metric, EVENT_METRICS)


@pytest.mark.parametrize("metric", EVENT_METRICS)
def test_the_wrong_zone_is_seen(metric: str) -> None:
    assert _differs(_wrong_zone(tuple(EVENT_METRICS)), metric, metric, _answers(tuple(EVENT_METRICS)))
