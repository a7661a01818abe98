"""The whole stored history as evaluations, one for each set of definitions, read back from its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.evaluate.evaluation import Evaluation
from holdfast.lake import Engine, Lake
from holdfast.metrics.table import MetricTable

from .history_tables import ORDER, stored_table, tables_of


def stored_history(
    lake: Lake, engine: Engine, versions: Mapping[str, int], groups: Sequence[tuple[Definitions, list[date]]],
    fresh: Evaluation,
) -> list[Evaluation]:
    """One evaluation a group, of its days. ``fresh`` is what was just computed; its points are those of its own days.

    A column that holds nothing on any stored day has the type that it has in ``fresh``.
    """
    found = {name: stored_table(lake, engine, versions, name) for name in ORDER}
    tables = {name: _typed(table, tables_of(fresh)[name]) for name, table in found.items() if table is not None}
    return [_of_days(tables, days, fresh) for _, days in groups]


def _typed(table: ir.Table, like: ir.Table | None) -> ir.Table:
    kinds = {} if like is None else {n: k for n, k in like.schema().items() if n in table.columns}
    return table.cast({n: k for n, k in kinds.items() if k != table.schema()[n]})


def _of_days(tables: Mapping[str, ir.Table], days: Sequence[date], fresh: Evaluation) -> Evaluation:
    own = {name: table.filter(table.as_of.isin(list(days))) for name, table in tables.items()}
    empty = {name: table.filter(False) for name, table in tables_of(fresh).items() if table is not None}
    t = {**empty, **own}
    scored = replace(
        fresh.scored, scores=t["scores"], components=t["components"], sums=t["sums"], adjustments=t["adjustments"])
    metrics = MetricTable(t["metrics"], t["covered"])
    return Evaluation(t["frame"], metrics, own.get("limits"), fresh.references, scored)
