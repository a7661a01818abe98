"""The evaluation of states, mixed or not, through the same score as everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from holdfast.lake import Engine, duckdb_engine
from holdfast.lake.answers import Keep, answers
from holdfast.metrics.table import MetricTable

from .inputs import MEASURED
from .model import Model
from .rows import ScoredRows
from .score import score
from .states import State

ANSWERS = ("scores", "components", "points", "adjustments")
COVERAGE = pa.schema(
    [("account_id", pa.string()), ("as_of", pa.date32()), ("record", pa.string()), ("covered_to", pa.date32())]
)
SINCE = pa.schema(
    [
        ("account_id", pa.string()),
        ("as_of", pa.date32()),
        ("scorecard", pa.string()),
        ("limit", pa.int64()),
        ("held_since", pa.date32()),
    ]
)


def evaluate(
    states: Mapping[str, State], model: Model, at: date, engine: Engine | None = None
) -> ScoredRows:
    """Score the states, each under its label as the account, in one call.

    Every state is laid on the day ``at``: ages are kept, so a state of another day scores as it did then.
    """

    def ask(tables: Mapping[str, ir.Table], keep: Keep) -> Mapping[str, ir.Table]:
        wide = MetricTable(wide=tables["wide"], covered=tables["covered"])
        done = score(
            tables["frame"], wide, model.scorecards, model.references, tables["limits"], model.definitions, keep)
        return {name: getattr(done, name) for name in ANSWERS}

    found = answers(engine or _own(), model.text, _given(states, at), ask)
    return ScoredRows(*(tuple(found[name].to_pylist()) for name in ANSWERS))


@lru_cache(maxsize=1)
def _own() -> Engine:
    return duckdb_engine(threads=1)


def _given(states: Mapping[str, State], at: date) -> dict[str, pa.Table]:
    labels, listed = list(states), list(states.values())
    first = listed[0]
    keys = {"account_id": pa.array(labels, pa.string()), "as_of": pa.array([at] * len(labels), pa.date32())}
    traits = {n: pa.array([s.traits.get(n) for s in listed], kind) for n, kind in first.kinds.items()}
    wide: dict[str, pa.Array] = {}
    for name in first.values:
        wide[name] = pa.array([s.values.get(name) for s in listed], pa.float64())
        wide[name + MEASURED] = pa.array([_moved(s, s.measured.get(name), at) for s in listed], pa.date32())
    covered = [
        (label, at, record, _moved(s, day, at)) for label, s in states.items() for record, day in s.covered.items()
    ]
    since = [
        (label, at, card, number, _moved(state, day, at))
        for label, state in states.items()
        for (card, number), day in state.since.items()
    ]
    return {
        "frame": pa.table({**keys, **traits}),
        "wide": pa.table({**keys, **wide}),
        "covered": _table(COVERAGE, covered),
        "limits": _table(SINCE, since),
    }


def _table(schema: pa.Schema, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    columns = [pa.array([row[n] for row in rows], field.type) for n, field in enumerate(schema)]
    return pa.table(columns, schema=schema)


def _moved(state: State, day: date | None, at: date) -> date | None:
    return None if day is None else at - timedelta(days=(state.as_of - day).days)
