"""Small tables for signals: accounts on stored days with given metrics and scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from holdfast.definitions.load import builtin
from holdfast.definitions.signal import Signal
from holdfast.evaluate.conditions import Period
from holdfast.evaluate.signal_history import SignalHistory, signal_history

FIRST = date(2026, 1, 4)  # a Sunday
Series = Mapping[str, Sequence[Any]]


def sundays(count: int) -> list[date]:
    return [FIRST + timedelta(weeks=n) for n in range(count)]


def one_signal(**parts: Any) -> Signal:
    """A signal over the metric ``x``; texts that tests do not look at are filled in."""
    given = {"signal": "s", "label": "S", "category": "usage", "when": "x < 3", "evidence": "{x}", "action": "Act.",
             "owner": "CSM", "due": "7d", "cool_down": "0d", **parts}
    return Signal.model_validate(given)


def frame_table(accounts: Mapping[str, Series], days: Sequence[date]) -> tuple[pa.Table, pa.Table]:
    """Frame and metrics: each series holds one value a day; ``scored`` is a column of the frame, all else a metric."""
    rows = [(a, n, d) for a in accounts for n, d in enumerate(days)]
    keys = {"account_id": pa.array([r[0] for r in rows]), "as_of": pa.array([r[2] for r in rows], pa.date32())}
    names = sorted({name for series in accounts.values() for name in series} - {"scored"})
    frame = {**keys, "scored": pa.array([accounts[a].get("scored", [True] * len(days))[n] for a, n, _ in rows])}
    wide = {name: pa.array([accounts[a][name][n] if name in accounts[a] else None for a, n, _ in rows], pa.float64())
            for name in names}
    return pa.table(frame), pa.table({**keys, **wide})


def no_scores() -> pa.Table:
    return pa.table({
        "account_id": pa.array([], pa.string()), "as_of": pa.array([], pa.date32()), "dial": pa.array([], pa.string()),
        "score": pa.array([], pa.float64()), "band": pa.array([], pa.string()), "coverage": pa.array([], pa.float64()),
    })


def history(
    engine: Any, signals: Sequence[Signal], accounts: Mapping[str, Series], days: Sequence[date],
    scores: pa.Table | None = None,
) -> SignalHistory:
    """Findings of ``signals`` over ``days``."""
    frame, wide = frame_table(accounts, days)
    definitions = replace(builtin(), signals={one.signal: one for one in signals})
    period = Period(definitions, engine.frame(frame), engine.frame(wide),
                    engine.frame(no_scores() if scores is None else scores))
    return signal_history(engine, [period], days)


def rows(engine: Any, found: SignalHistory) -> list[dict[str, Any]]:
    return list(engine.arrow(found.findings).to_pylist())
