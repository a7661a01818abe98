"""Codes: what the conditions of each signal say about an account on a day.

A code above 0 is the severity's rank: the condition holds. ENDS: it does not, or the account is not scored.
UNKNOWN: it cannot be told, or lies between opening and ending.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import ibis
import ibis.expr.types as ir

from holdfast.definitions.signal import SEVERITIES, Signal, Threshold, days_of
from holdfast.lake.translate import to_ibis
from holdfast.lake.translate_kinds import condition

from .order import components, levels
from .values import KEYS

ENDS, UNKNOWN = -1, 0
Keep = Callable[[ir.Table], ir.Table]
_EPOCH = "1970-01-01"


def codes(table: ir.Table, signals: Mapping[str, Signal], keep: Keep, *, history: bool = True) -> ir.Table:
    """(account_id, as_of, one column a signal) from the wide ``table`` of ``values.values``.

    With ``history`` the rows of an account are its stored days, and a signal that others name is true from its
    opening to its end; without it each day is looked at by itself.
    """
    named, groups = components(signals), levels(signals)
    done: list[str] = []
    for number, group in enumerate(groups):
        table = keep(_looked_at(table, group, done, groups[number + 1:]))
        table = _waited(table, group) if history else table
        states = [one.signal for one in group if one.signal in named]
        table = table.mutate(**{name: _state(table, name, history) for name in states}) if states else table
        done += map(_column, group)
    return keep(table.select(*KEYS, **{name.removeprefix("code_"): table[name] for name in done}))


def _looked_at(
    table: ir.Table, group: Sequence[Signal], done: Sequence[str], later: Sequence[Sequence[Signal]]
) -> ir.Table:
    """What the conditions of ``group`` say of each day by itself, and what ``later`` ones look at: nothing else, so
    that what follows, which sorts the rows, does not carry every metric."""
    still = {name for signals in later for one in signals for name in one.names} - {*KEYS, "scored"}
    own = {_column(one): _code(one, table) for one in group}
    own |= {f"on_{one.signal}": _on(one, table) for one in group if one.holds_for is not None}
    return table.select(*KEYS, "scored", *done, *sorted(still & set(table.columns)), **own)


def _column(one: Signal) -> str:
    return f"code_{one.signal}"


def _code(one: Signal, table: ir.Table) -> ir.IntegerValue:
    columns = _columns(one, table)
    opens = condition(to_ibis(one.when, columns))
    ends = ~opens if one.until is None else condition(to_ibis(one.until, columns)).fill_null(False)
    over = ~table.scored.fill_null(False) | ends.fill_null(False)
    ranks = sorted(((SEVERITIES[x.severity], x.when) for x in one.levels), key=lambda pair: -pair[0])
    graver = [(condition(to_ibis(when, columns)).fill_null(False), rank) for rank, when in ranks]
    own = SEVERITIES[one.severity]
    rank = ibis.cases(*graver, else_=own) if graver else ibis.literal(own)
    return ibis.cases((over, ENDS), (opens.fill_null(False), rank), else_=UNKNOWN).cast("int8")


def _on(one: Signal, table: ir.Table) -> ir.BooleanValue:
    return condition(to_ibis(one.when, _columns(one, table))).fill_null(False) & table.scored.fill_null(False)


def _columns(one: Signal, table: ir.Table) -> dict[str, ir.Value]:
    columns: dict[str, ir.Value] = {name: table[name] for name in one.names}
    columns |= {name: _threshold(t, table) for name, t in one.thresholds.items()}
    return columns


def _threshold(threshold: Threshold, table: ir.Table) -> ir.Value:
    branches = [
        (condition(to_ibis(case.when, {n: table[n] for n in case.when.names})).fill_null(False), float(case.value))
        for case in threshold.cases
    ]
    return ibis.cases(*branches, else_=float(threshold.otherwise)) if branches else ibis.literal(threshold.otherwise)


def _waited(table: ir.Table, group: Sequence[Signal]) -> ir.Table:
    """The codes of signals that wait are UNKNOWN until the condition has held for so long, over stored days."""
    waits = {one.signal: days for one in group if (days := days_of(one.holds_for)) is not None}
    if not waits:
        return table
    day_before = ibis.window(group_by="account_id", order_by="as_of")
    so_far = ibis.window(group_by="account_id", order_by="as_of", preceding=None, following=0)
    first = {
        name: ibis.ifelse(
            table[f"on_{name}"] & ~table[f"on_{name}"].lag().over(day_before).fill_null(False), table.as_of, None)
        for name in waits
    }
    table = table.mutate(**{f"first_{name}": day for name, day in first.items()})
    since = {name: table.as_of.delta(table[f"first_{name}"].max().over(so_far), unit="day") for name in waits}
    table = table.mutate(**{f"held_{name}": days for name, days in since.items()})
    code = {name: table[f"code_{name}"] for name in waits}
    return table.mutate(**{
        f"code_{name}": ibis.ifelse(
            (code[name] > 0) & ~(table[f"held_{name}"] >= days).fill_null(False), UNKNOWN, code[name]).cast("int8")
        for name, days in waits.items()
    })


def _state(table: ir.Table, name: str, history: bool) -> ir.BooleanValue:
    """Whether the signal holds; null where it never could be told."""
    code = table[f"code_{name}"]
    if not history:
        return ibis.cases((code > 0, True), (code < 0, False), else_=ibis.null("boolean"))
    return last_known(table, code, ("account_id",)) > 0


def last_known(table: ir.Table, code: ir.IntegerValue, groups: tuple[str, ...]) -> ir.IntegerValue:
    """The newest code up to each row that is not UNKNOWN; null before the first.

    Day and code travel in one number, so that a running maximum finds the newest on every engine alike.
    """
    day = table.as_of.delta(ibis.date(_EPOCH), unit="day")
    packed = ibis.ifelse(code != UNKNOWN, day * 16 + (code + 1), None)
    so_far = ibis.window(group_by=list(groups), order_by="as_of", preceding=None, following=0)
    newest = packed.max().over(so_far)
    return (newest % 16 - 1).cast("int8")
