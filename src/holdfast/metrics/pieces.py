"""Metrics as they are found, each group in a table of its own; brought side by side where they are read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.metric import Metric
from holdfast.lake import Engine

from .grid import KEYS

TOGETHER = 8
"""Loose tables that are made one: an engine plans a join of fifty tables five times as long as seven of eight."""


@dataclass
class Pieces:
    """Tables with ``account_id``, ``as_of`` and some metrics. A pair that a table lacks has no value there.

    ``pairs``: all accounts and days that are ever read; ``asked``: those of the evaluation's own days, which is all
    that metrics outside ``further`` are read on. ``absent``: columns without any value. ``zero``:
    metrics that are zero, and not missing, on days on which their record is seen; ``seen`` has the days of
    each record.
    """

    engine: Engine
    pairs: ir.Table
    asked: ir.Table
    further: Collection[str]
    absent: dict[str, ir.Value] = field(default_factory=dict)
    zero: dict[str, str] = field(default_factory=dict)
    seen: dict[str, ir.Table] = field(default_factory=dict)
    _joined: list[ir.Table] = field(default_factory=list)
    _loose: dict[bool, list[ir.Table]] = field(default_factory=lambda: {True: [], False: []})
    _days: ir.Table | None = None

    @property
    def tables(self) -> list[ir.Table]:
        """The tables that are held."""
        return [*self._joined, *self._loose[True], *self._loose[False]]

    def add(self, *tables: ir.Table) -> None:
        """Further tables, which are the pieces' own from now on."""
        for table in tables:
            far = any(column in self.further for column in table.columns)
            loose = self._loose[far]
            loose.append(table)
            if len(loose) == TOGETHER:
                pairs = self.pairs if far else self.asked
                self._joined.append(self.engine.cache(_beside(pairs.select(*KEYS), loose)))
                self.engine.release(*loose)
                loose.clear()

    def nothing(self, metrics: Collection[Metric]) -> None:
        """The metrics have no value anywhere."""
        self.absent.update({m.name: ibis.null("float64") for m in metrics})
        self.absent.update({f"{m.name}__on": ibis.null("date") for m in metrics if dated(m)})

    @property
    def columns(self) -> set[str]:
        """All metrics and their days found so far."""
        return {c for t in self.tables for c in t.columns if c not in KEYS} | set(self.absent)

    def beside(self, pairs: ir.Table, names: Collection[str]) -> ir.Table:
        """``pairs`` with the named metrics and days beside each account and day."""
        wanted = {*names, *map(untold, names)}
        chosen = [t.select(*KEYS, *(c for c in t.columns if c in wanted)) for t in self.tables if wanted & {*t.columns}]
        joined = _beside(pairs, chosen)
        taken = [c for t in chosen for c in t.columns if c not in KEYS]
        filled = [n for n in taken if n in self.zero]
        if filled:
            joined = joined.left_join(self._seen_days(), [("as_of", "_seen_on")])
        hidden = {untold(n) for n in taken}
        values = {n: joined[n] for n in taken if n not in self.zero and n not in hidden}
        for name in filled:
            here = joined[f"_seen_{self.zero[name]}"].fill_null(False)
            if untold(name) in taken:
                here = here & ~joined[untold(name)].fill_null(False)
            values[name] = ibis.ifelse(here, joined[name].fill_null(0.0), joined[name])
        values.update({n: value for n, value in self.absent.items() if n in names})
        return joined.select(*pairs.columns, **values)

    def _seen_days(self) -> ir.Table:
        """``_seen_on`` and for each record whether it is seen on the day."""
        if self._days is None:
            parts = [t.select("as_of", record=ibis.literal(r)) for r, t in sorted(self.seen.items())]
            found = self.engine.arrow(ibis.union(*parts) if len(parts) > 1 else parts[0]).to_pylist()
            pairs = {(row["as_of"], row["record"]) for row in found}
            days = sorted({day for day, _ in pairs})
            self._days = self.engine.frame(pa.table({
                "_seen_on": pa.array(days, pa.date32()),
                **{f"_seen_{r}": pa.array([(d, r) in pairs for d in days], pa.bool_()) for r in sorted(self.seen)},
            }))
        return self._days


def _beside(pairs: ir.Table, tables: Sequence[ir.Table]) -> ir.Table:
    """``pairs`` and all other columns of the tables."""
    joined, columns = pairs, list(pairs.columns)
    for number, table in enumerate(tables):
        account, day = f"_account{number}", f"_day{number}"
        own = [c for c in table.columns if c not in KEYS]
        part = table.select(*own, **{account: table.account_id, day: table.as_of})
        joined = joined.left_join(part, [("account_id", account), ("as_of", day)])
        columns += own
    return joined.select(*columns)


def untold(name: str) -> str:
    """The column that says where a count is unknown although there are rows."""
    return f"{name}__untold"


def dated(metric: Metric) -> bool:
    """Whether the metric comes with the day of the row that gave it."""
    return metric.primitive in ("latest", "days_since", "days_until")
