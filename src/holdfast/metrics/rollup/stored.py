"""Which stored roll-up belongs to which definitions."""

from __future__ import annotations

import hashlib

import holdfast
from holdfast.definitions.bundle import Definitions
from holdfast.lake import ROLLUP
from holdfast.metrics.plan import inputs

from .columns import RollupColumn
from .needs import all_columns

FORM = 2
"""Raised whenever a row of the roll-up comes to mean something else."""


def rollup_columns(definitions: Definitions) -> tuple[RollupColumn, ...]:
    """Everything that the metrics of the definitions look at in events."""
    metrics = definitions.metrics
    over_events = (m for m in metrics.values() if m.record == "event" and not inputs(m, metrics))
    return all_columns(definitions.features, over_events)


def rollup_name(definitions: Definitions, zone: str) -> str:
    """The table of the roll-up: the same name for equal columns, features, time zone and code.

    Conditions and weights of metrics are part of the columns. Whatever else changes in the definitions, the
    roll-up stays.
    """
    parts = (FORM, holdfast.__version__, zone, definitions.features.model_dump_json(),
             *(repr(c) for c in rollup_columns(definitions)))
    return ROLLUP + hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
