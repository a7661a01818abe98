"""Signals over the whole stored history: findings and the numbers behind them. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from holdfast.definitions.signal import Signal
from holdfast.lake import Engine
from holdfast.signals.codes import ENDS, codes
from holdfast.signals.evidence import evidence
from holdfast.signals.findings import findings
from holdfast.signals.over_time import over_time
from holdfast.signals.values import KEYS, days_back, values

from .conditions import CHECK, Period, conditions, narrow_scores, union


@dataclass(frozen=True)
class SignalHistory:
    """``findings`` as `signals.findings` gives them, ``evidence`` as `signals.evidence` does."""

    findings: ir.Table
    evidence: ir.Table


def signal_history(engine: Engine, periods: Sequence[Period], days: Sequence[date]) -> SignalHistory:
    """Findings over ``days``, each day judged by the signals in force on it: a function of the tables alone.

    A signal that is no longer defined ends its findings on the first day without it. What waits or lingers
    starts anew where the definitions change.
    """
    known: dict[str, Signal] = {name: one for p in periods for name, one in p.definitions.signals.items()}
    with engine.narrowed("account_id", accounts(periods)):
        back, scores = days_back(engine, days), engine.cache(narrow_scores(periods))
        found = [_coded(engine, p, conditions(p, scores, back), known) for p in periods]
        whole = engine.cache(union(found)) if len(found) > 1 else found[0]
        rows = engine.cache(findings(engine, whole, known, days))

        def looked_at(pairs: ir.Table, names: Sequence[str]) -> ir.Table:
            mine = [(p.frame.semi_join(pairs, list(KEYS)), p.metrics.semi_join(pairs, list(KEYS))) for p in periods]
            return union([values(frame, metrics, scores, names, back) for frame, metrics in mine])

        numbers = engine.cache(evidence(engine, rows, looked_at, known))
        engine.release(scores)
    history = SignalHistory(engine.cache(rows), engine.cache(numbers))
    engine.release(rows, numbers)
    return history


def accounts(periods: Sequence[Period]) -> ir.Table:
    """``account_id`` of every account of any stored day."""
    return union([p.frame.select("account_id") for p in periods])


def _coded(engine: Engine, period: Period, told: ir.Table, known: dict[str, Signal]) -> ir.Table:
    told = told.drop(*(f"{CHECK}{name}" for name in period.definitions.green_checks))
    found = codes(told, period.definitions.signals, engine.cache, over_time(engine))
    absent = {n: ibis.literal(ENDS).cast("int8") for n in known if n not in period.definitions.signals}
    found = found.mutate(**absent) if absent else found
    return found.select("account_id", "as_of", *known)
