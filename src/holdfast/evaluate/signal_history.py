"""Signals over the whole stored history: findings and the numbers behind them. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.signal import Signal
from holdfast.lake import Engine
from holdfast.signals.codes import ENDS, codes
from holdfast.signals.evidence import evidence
from holdfast.signals.findings import findings
from holdfast.signals.values import days_back, names_read, values


@dataclass(frozen=True)
class Period:
    """Stored days under one set of definitions: account frame, metrics and scores of each."""

    definitions: Definitions
    frame: ir.Table
    metrics: ir.Table
    scores: ir.Table


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
        back = days_back(engine, days)
        scores = _union([p.scores for p in periods])
        scores = engine.cache(scores.select("account_id", "as_of", "dial", "score", "band", "coverage"))
        looked = [engine.cache(_values(p, scores, back, known)) for p in periods]
        engine.release(scores)
        found = [_coded(engine, p, table, known) for p, table in zip(periods, looked, strict=True)]
        whole = engine.cache(_union(found)) if len(found) > 1 else found[0]
        rows = engine.cache(findings(engine, whole, known, days))
        numbers = engine.cache(evidence(engine, rows, _union(looked), known))
        engine.release(*looked)
    history = SignalHistory(engine.cache(rows), engine.cache(numbers))
    engine.release(rows, numbers)
    return history


def accounts(periods: Sequence[Period]) -> ir.Table:
    """``account_id`` of every account of any stored day."""
    return _union([p.frame.select("account_id") for p in periods])


def _values(period: Period, scores: ir.Table, back: ir.Table, known: dict[str, Signal]) -> ir.Table:
    return values(period.frame, period.metrics, scores, names_read(known.values()), back)


def _coded(engine: Engine, period: Period, table: ir.Table, known: dict[str, Signal]) -> ir.Table:
    found = codes(table, period.definitions.signals, engine.cache)
    absent = {n: ibis.literal(ENDS).cast("int8") for n in known if n not in period.definitions.signals}
    found = found.mutate(**absent) if absent else found
    return found.select("account_id", "as_of", *known)


def _union(tables: Sequence[ir.Table]) -> ir.Table:
    return ibis.union(*tables) if len(tables) > 1 else tables[0]
