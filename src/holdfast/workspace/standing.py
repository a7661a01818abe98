"""Where all accounts stand on a day: what scoring sees of each, and the medians of their segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.scorecard import Scorecard
from holdfast.lake import Engine
from holdfast.metrics.table import MetricTable
from holdfast.scoring.inputs import names_used
from holdfast.scoring.medians import segment_medians
from holdfast.scoring.states import States, states_on

from .day_inputs import DayInputs
from .published import Published


@dataclass(frozen=True)
class Standing:
    """``states`` of all accounts; ``segments``: segment -> metric -> median."""

    states: States
    segments: Mapping[str, Mapping[str, Any]]


def standing(published: Published, inputs: DayInputs) -> Standing:
    """The day under its own definitions."""
    name = ("standing", inputs.day, inputs.clock)
    return published.kept(name, lambda: _standing(published.site.engine, inputs))


def states(published: Published, inputs: DayInputs, under: Sequence[Definitions]) -> States:
    """The states of the day with every name that any of the definitions scores by, metrics as in the first."""
    if {d.hash for d in under} == {inputs.definitions.hash}:
        return standing(published, inputs).states
    name = ("states", inputs.day, inputs.clock, *(d.hash for d in under))
    cards = [card for definitions in under for card in definitions.scorecards.values()]
    return published.kept(name, lambda: _states(published.site.engine, inputs, cards, under[0]))


def tables(engine: Engine, given: Mapping[str, pa.Table]) -> tuple[ir.Table, MetricTable, ir.Table | None]:
    """Account frame, metrics and held limits as tables of the engine."""
    limits = engine.frame(given["limits"]) if given["limits"].num_columns else None
    return engine.frame(given["frame"]), MetricTable(engine.frame(given["metrics"]), engine.frame(given["covered"])), \
        limits


def _standing(engine: Engine, inputs: DayInputs) -> Standing:
    cards = list(inputs.definitions.scorecards.values())
    found = _states(engine, inputs, cards, inputs.definitions)
    if not found.table.num_rows:
        return Standing(found, {})
    frame, metrics, _ = tables(engine, inputs.tables)
    names = names_used(cards) & set(inputs.definitions.metrics)
    return Standing(found, segment_medians(frame, metrics.wide, names, engine))


def _states(engine: Engine, inputs: DayInputs, cards: Sequence[Scorecard], metrics: Definitions) -> States:
    if not inputs.tables["frame"].num_rows:
        return States(inputs.day, pa.table({"account_id": pa.array([], pa.string())}), (), {})
    frame, values, limits = tables(engine, inputs.tables)
    return states_on(inputs.day, frame, values, cards, metrics.metrics, limits, engine)
