"""What holds on a day by itself: no history, so nothing waits, lingers or expires."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from holdfast.definitions.signal import SEVERITIES, Signal

from .codes import Keep, by_day, codes
from .values import names_read, values


def firing(
    frame: ir.Table, wide: ir.Table, signals: Mapping[str, Signal], scores: ir.Table | None, keep: Keep
) -> ir.Table:
    """(account_id, as_of, signal, severity) of every signal whose condition holds for a scored account."""
    known = {*frame.columns, *wide.columns, *(scores.columns if scores is not None else ())}
    usable = _usable(signals, known)
    if not usable:
        none = frame.filter(False).select("account_id", "as_of")
        return none.mutate(signal=ibis.null("string"), severity=ibis.null("string"))
    table = values(frame, wide, scores, names_read(usable.values()))
    found = codes(by_day(table, usable), usable, keep)
    long = found.pivot_longer(list(usable), names_to="signal", values_to="code")
    long = long.filter(long.code > 0)
    severity = ibis.cases(*((long.code == rank, name) for name, rank in SEVERITIES.items()), else_=ibis.null("string"))
    return long.select("account_id", "as_of", "signal", severity=severity)


def _usable(signals: Mapping[str, Signal], known: set[str]) -> dict[str, Signal]:
    """The signals of which a condition can be told from ``known``, and those that they are made of."""
    found: dict[str, Signal] = {}

    def take(name: str) -> None:
        found[name] = signals[name]
        for other in signals[name].names & signals.keys() - found.keys():
            take(other)

    for name, one in signals.items():
        if one.when.names & (known | signals.keys()):
            take(name)
    return {name: signals[name] for name in signals if name in found}
