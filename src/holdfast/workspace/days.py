"""Any day by either clock, computed from the record versions that the publish was bound to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.load import load_files
from holdfast.evaluate.evaluation import Evaluation, evaluate
from holdfast.state.definition_sets import in_force

from .published import Published


@dataclass(frozen=True)
class DayEvaluation:
    """An evaluation and the definitions that it used."""

    definitions: Definitions
    evaluation: Evaluation


def definitions_on(published: Published, day: date) -> Definitions:
    """The definitions in force on ``day``."""
    found = in_force(day)
    current = published.site.definitions
    return current if found is None or found.hash == current.hash else load_files(found.files)


def evaluation_of(published: Published, days: Sequence[date], clock: Any) -> DayEvaluation:
    """All accounts on ``days`` under the definitions of the last of them; kept for the life of the process."""
    definitions = definitions_on(published, max(days))
    key = (definitions.hash, tuple(days), clock)
    kept: dict[Any, DayEvaluation] = published.__dict__.setdefault("_evaluations", {})
    if key not in kept:
        snapshot = published.site.snapshot(published.versions)
        kept[key] = DayEvaluation(definitions, evaluate(snapshot, definitions, days, clock))
    return kept[key]
