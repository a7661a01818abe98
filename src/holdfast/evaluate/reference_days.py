"""References frozen at the days that the scorecards name, as now known about them."""

from __future__ import annotations

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Snapshot
from holdfast.metrics.evaluate import metric_table
from holdfast.scoring.inputs import metric_names
from holdfast.scoring.reference import NONE, References, reference_days, references
from holdfast.segments.frame import account_frame


def frozen_references(snapshot: Snapshot, definitions: Definitions) -> References:
    """The p90 and peer values of every scorecard that compares with a population; NONE where none does."""
    days = reference_days(definitions.scorecards.values())
    if not days:
        return NONE
    cards = [card for group in days.values() for card in group]
    frame = snapshot.engine.cache(account_frame(snapshot, definitions, sorted(days), "known"))
    names = sorted(metric_names(cards, definitions.metrics))
    metrics = metric_table(snapshot, definitions, frame, names, "known")
    return references(snapshot.engine, frame, metrics, cards)
