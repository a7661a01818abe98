"""What scoring sees of accounts on one day, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.metric import Metric
from holdfast.definitions.scorecard import Scorecard
from holdfast.lake import Engine
from holdfast.metrics.table import MetricTable

from .inputs import COVERED, KEYS, MEASURED, inputs, measured_on, names_used
from .rows import arrow

Since = Mapping[tuple[str, int], date]


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


@dataclass(frozen=True)
class States:
    """The states of all accounts on one day.

    ``table`` has a row an account: traits, metric values (named in ``weighed``), the days that their ages
    count from, and how far records are covered. ``since`` by account.
    """

    as_of: date
    table: pa.Table
    weighed: Sequence[str]
    since: Mapping[str, Since]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {account: place for place, account in enumerate(self.table["account_id"].to_pylist())}

    def __contains__(self, account_id: object) -> bool:
        return account_id in self._places

    def of(self, account_id: str) -> State:
        """The state of one account; KeyError where it was not known on the day."""
        row = self.table.slice(self._places[account_id], 1).to_pylist()[0]
        own = [name for name in row if _trait(name, self.weighed)]
        return State(
            as_of=self.as_of,
            traits={n: row[n] for n in own},
            kinds={n: self.table.schema.field(n).type for n in own},
            values={n: row[n] for n in self.weighed},
            measured={n: row[n + MEASURED] for n in self.weighed},
            covered={n.removeprefix(COVERED): row[n] for n in row if n.startswith(COVERED)},
            since=self.since.get(account_id, {}),
        )


def states_on(
    as_of: date,
    frame: ir.Table,
    metrics: MetricTable,
    scorecards: Iterable[Scorecard],
    definitions: Mapping[str, Metric],
    limit_days: ir.Table | None = None,
    engine: Engine | None = None,
) -> States:
    """Read the inputs of every account on one day, for every name that ``scorecards`` use."""
    cards = list(scorecards)
    table = inputs(frame.filter(frame.as_of == as_of), metrics, cards, definitions)
    weighed = sorted(n for n in names_used(cards) if n in metrics.wide.columns)
    days = {n + MEASURED: measured_on(table, n, definitions) for n in weighed}
    full = arrow(table.mutate(**{name: _date(day) for name, day in days.items()}), engine)
    return States(as_of, full, weighed, _since(as_of, limit_days, engine))


def _since(as_of: date, limit_days: ir.Table | None, engine: Engine | None) -> dict[str, Since]:
    if limit_days is None:
        return {}
    rows = limit_days.filter(limit_days.as_of == as_of).select("account_id", "scorecard", "limit", "held_since")
    found: dict[str, dict[tuple[str, int], date]] = defaultdict(dict)
    for row in arrow(rows, engine).to_pylist():
        found[row["account_id"]][row["scorecard"], row["limit"]] = row["held_since"]
    return dict(found)


def _date(day: ir.DateValue | None) -> ir.DateValue:
    return ibis.null("date") if day is None else day


def _trait(name: str, weighed: Sequence[str]) -> bool:
    return not (name in KEYS or name in weighed or name.startswith(COVERED) or name.endswith(("__on", MEASURED)))
