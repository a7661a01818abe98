"""One account's inputs as plain values, and their evaluation, mixed or not, through the same score."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard
from holdfast.lake import Engine, duckdb_engine
from holdfast.lake.answers import Keep, answers
from holdfast.lake.one_account import of_account
from holdfast.metrics.table import MetricTable

from .inputs import COVERED, KEYS, MEASURED, inputs, measured_on, names_used, resting_on
from .reference import References
from .rows import ScoredRows, arrow
from .score import score

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


@dataclass(frozen=True)
class State:
    """What scoring sees of one account on one day.

    ``traits``: columns of the account frame, with their types in ``kinds``. ``values`` by metric, and in
    ``measured`` the day that each value's age counts from. ``since`` by (scorecard, limit index).
    """

    as_of: date
    traits: Mapping[str, Any]
    kinds: Mapping[str, pa.DataType]
    values: Mapping[str, float | None]
    measured: Mapping[str, date | None]
    covered: Mapping[str, date | None]
    since: Mapping[tuple[str, int], date]

    def age(self, metric: str) -> int | None:
        """Age of a value in days; None where its day is unknown."""
        day = self.measured.get(metric)
        return None if day is None else (self.as_of - day).days


def take(
    account_id: str,
    as_of: date,
    frame: ir.Table,
    metrics: MetricTable,
    scorecards: Iterable[Scorecard],
    definitions: Mapping[str, Metric],
    limit_days: ir.Table | None = None,
    engine: Engine | None = None,
) -> State:
    """Read the inputs of one account on one day, for every name that ``scorecards`` use."""
    cards = list(scorecards)
    row = of_account(frame.filter(frame.as_of == as_of), account_id, engine)
    table = inputs(row, metrics, cards, definitions)
    weighed = sorted(n for n in names_used(cards) if n in metrics.wide.columns)
    days = {n + MEASURED: measured_on(table, n, definitions) for n in weighed}
    full = arrow(table.mutate(**{name: _date(day) for name, day in days.items()}), engine)
    rows = full.to_pylist()
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} rows for {account_id!r} on {as_of}")
    found = rows[0]
    own = [n for n in full.column_names if _trait(n, weighed)]
    return State(
        as_of=as_of,
        traits={n: found[n] for n in own},
        kinds={n: full.schema.field(n).type for n in own},
        values={n: found[n] for n in weighed},
        measured={n: found[n + MEASURED] for n in weighed},
        covered={n.removeprefix(COVERED): found[n] for n in full.column_names if n.startswith(COVERED)},
        since=_since(account_id, as_of, limit_days, engine),
    )


def evaluate(
    states: Mapping[str, State],
    scorecards: Sequence[Scorecard],
    references: References,
    definitions: Mapping[str, Metric],
    at: date,
    engine: Engine | None = None,
) -> ScoredRows:
    """Score the states, each under its label as the account, in one call.

    Every state is laid on the day ``at``: ages are kept, so a state of another day scores as it did then.
    """

    def ask(tables: Mapping[str, ir.Table], keep: Keep) -> Mapping[str, ir.Table]:
        wide = MetricTable(wide=tables["wide"], covered=tables["covered"])
        done = score(tables["frame"], wide, scorecards, references, tables["limits"], definitions, keep)
        return {name: getattr(done, name) for name in ANSWERS}

    found = answers(engine or _own(), _question(scorecards, references, definitions), _given(states, at), ask)
    return ScoredRows(*(tuple(found[name].to_pylist()) for name in ANSWERS))


@lru_cache(maxsize=1)
def _own() -> Engine:
    return duckdb_engine(threads=1)


def _question(scorecards: Sequence[Scorecard], references: References, definitions: Mapping[str, Metric]) -> str:
    """Everything besides the inputs that decides how they are scored."""
    metrics = sorted(resting_on(names_used(scorecards), definitions))
    parts = [
        [card.model_dump_json() for card in scorecards],
        [repr(definitions[name]) for name in metrics],
        references.to_json(),
    ]
    return json.dumps(parts, sort_keys=True)


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


def _since(
    account_id: str, as_of: date, limit_days: ir.Table | None, engine: Engine | None
) -> dict[tuple[str, int], date]:
    if limit_days is None:
        return {}
    mine = of_account(limit_days.filter(limit_days.as_of == as_of), account_id, engine)
    rows = arrow(mine.select("scorecard", "limit", "held_since"), engine).to_pylist()
    return {(r["scorecard"], r["limit"]): r["held_since"] for r in rows}


def _date(day: ir.DateValue | None) -> ir.DateValue:
    return ibis.null("date") if day is None else day


def _trait(name: str, weighed: Sequence[str]) -> bool:
    return not (name in KEYS or name in weighed or name.startswith(COVERED) or name.endswith(("__on", MEASURED)))
