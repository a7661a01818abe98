"""One evaluation: account frame, metrics and scores for a set of days under one set of definitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Snapshot
from holdfast.metrics.evaluate import metric_table
from holdfast.metrics.table import MetricTable
from holdfast.scoring.reference import References
from holdfast.scoring.score import Scored, score
from holdfast.segments.frame import account_frame

from .held_limits import held_limits
from .reference_days import frozen_references


@dataclass(frozen=True)
class Evaluation:
    """What is known about every account on the days asked for.

    ``limits`` says since when each expiring limit has held; None where no limit expires.
    """

    frame: ir.Table
    metrics: MetricTable
    limits: ir.Table | None
    references: References
    scored: Scored


def evaluate(
    snapshot: Snapshot,
    definitions: Definitions,
    days: Sequence[date],
    references: References | None = None,
) -> Evaluation:
    """Metrics and scores of every account on ``days`` as now known about them, under ``definitions``.

    ``references`` are those already frozen for these definitions; without them they are computed from
    the days that the scorecards name.
    """
    engine = snapshot.engine
    frame = engine.cache(account_frame(snapshot, definitions, days, "known"))
    metrics = metric_table(snapshot, definitions, frame, None, "known")
    limits = held_limits(snapshot, definitions, days)
    frozen = frozen_references(snapshot, definitions) if references is None else references
    cards = definitions.scorecards.values()
    scored = score(frame, metrics, cards, frozen, limits, definitions.metrics, engine.cache)
    return Evaluation(frame, metrics, limits, frozen, scored)


def believed(
    snapshot: Snapshot, definitions: Definitions, day: date, references: References | None = None
) -> Evaluation:
    """The same for one day as believed on it: what a run of that day would have published.

    That is what is now known, asked of the rows that were known by the end of the day. References are those
    that are known now, so that they differ between two days only where the scorecard does.
    """
    frozen = frozen_references(snapshot, definitions) if references is None else references
    return evaluate(snapshot.cut(day), definitions, [day], frozen)
