"""What conditions say of each stored day, told on the night of the day and kept while it stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import ibis.expr.types as ir

from holdfast.evaluate.conditions import Period, conditions, narrow_scores
from holdfast.evaluate.evaluation import Evaluation
from holdfast.lake import Engine
from holdfast.signals.values import days_back, days_read

from .history_tables import CONDITIONS, History, Stored, stored_table
from .standing_days import Groups, Standing


def stored_conditions(
    history: History, groups: Groups, evaluations: Sequence[Evaluation], standing: Standing
) -> tuple[list[Period], dict[str, int]]:
    """One period a group with what its conditions say, and the version of the table that holds it."""
    periods = [
        Period(definitions, e.frame, e.metrics.wide, e.scored.scores)
        for (definitions, _), e in zip(groups, evaluations, strict=True)
    ]
    parts = _fresh(history.engine, groups, periods, standing)
    versions = history.add({CONDITIONS: parts}, evaluations[-1].frame, Stored(standing.told, standing.tables))
    table = stored_table(history.lake, history.engine, versions, CONDITIONS)
    if table is None:
        return periods, versions
    there = set(history.engine.arrow(table.select("as_of").distinct())["as_of"].to_pylist())
    return [
        replace(period, told=table.filter(table.as_of.isin(days))) if there.intersection(days) else period
        for period, (_, days) in zip(periods, groups, strict=True)
    ], versions


def _fresh(
    engine: Engine, groups: Groups, periods: Sequence[Period], standing: Standing
) -> list[tuple[ir.Table, list[date]]]:
    """What conditions say of the days of which it is not kept."""
    stored = [day for _, days in groups for day in days]
    fresh = [(period, untold) for period, (_, days) in zip(periods, groups, strict=True)
             if (untold := [day for day in days if day not in standing.told])]
    scores = narrow_scores([_of(p, days_read(stored, [day for _, days in fresh for day in days])) for p in periods])
    back = days_back(engine, stored)
    return [(conditions(_of(period, days), scores, back), days) for period, days in fresh]


def _of(period: Period, days: Collection[date]) -> Period:
    frame, metrics, scores = (
        t.filter(t.as_of.isin(sorted(days))) for t in (period.frame, period.metrics, period.scores))
    return replace(period, frame=frame, metrics=metrics, scores=scores)
