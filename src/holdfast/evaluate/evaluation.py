"""One evaluation: account frame, metrics and scores for a set of days under one set of definitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Clock, Snapshot
from holdfast.metrics.evaluate import metric_table
from holdfast.metrics.table import MetricTable
from holdfast.scoring.reference import NONE, References
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
    clock: Clock = "known",
    references: References | None = None,
) -> Evaluation:
    """Metrics and scores of every account on ``days``, by ``clock``, under ``definitions``.

    ``references`` are those already frozen for these definitions; without them they are computed from
    the days that the scorecards name.
    """
    engine = snapshot.engine
    frame = engine.cache(account_frame(snapshot, definitions, days, clock))
    raw = metric_table(snapshot, definitions, frame, None, clock)
    metrics = MetricTable(engine.cache(raw.wide), engine.cache(raw.covered))
    limits = held_limits(snapshot, definitions, days, clock)
    frozen = frozen_references(snapshot, definitions) if references is None else references
    cards = definitions.scorecards.values()
    scored = score(frame, metrics, cards, frozen or NONE, limits, definitions.metrics)
    return Evaluation(frame, metrics, limits, frozen, scored)
