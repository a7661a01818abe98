"""What the conditions of signals and green checks say of each account on each day by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.signals.codes import by_day
from holdfast.signals.green_codes import codes_of
from holdfast.signals.values import KEYS, values

CHECK = "check_"


@dataclass(frozen=True)
class Period:
    """Stored days under one set of definitions: account frame, metrics and scores of each.

    ``told`` is what ``conditions`` gives for them, where that is stored.
    """

    definitions: Definitions
    frame: ir.Table
    metrics: ir.Table
    scores: ir.Table
    told: ir.Table | None = None


def conditions(period: Period, scores: ir.Table, back: ir.Table) -> ir.Table:
    """(account_id, as_of, scored, columns of ``signals.codes.by_day``, ``check_`` and the name of each green check).

    ``scores`` are those of the period's days and of the days that ``back`` names, from ``narrow_scores``. A row
    rests on its own day and on those of ``back`` alone.
    """
    if period.told is not None:
        return period.told
    signals, checks = period.definitions.signals, period.definitions.green_checks
    read = {name for one in signals.values() for name in one.names} - signals.keys()
    read |= {name for one in checks.values() for when, _ in one.conditions for name in when.names}
    table = values(period.frame, period.metrics, scores, read, back)
    said = {f"{CHECK}{name}": code for name, code in codes_of(table, checks).items()}
    return by_day(table.mutate(**said), signals, list(said))


def narrow_scores(periods: Sequence[Period]) -> ir.Table:
    """What conditions and evidence read of the scores of all periods."""
    return union([p.scores.select(*KEYS, "dial", "score", "band", "coverage") for p in periods])


def union(tables: Sequence[ir.Table]) -> ir.Table:
    """All rows of tables with the same columns."""
    return ibis.union(*tables) if len(tables) > 1 else tables[0]
