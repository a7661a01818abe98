"""Codes: what the conditions of each signal say about an account on a day.

A code above 0 is the severity's rank: the condition holds. ENDS: it does not, or the account is not scored.
UNKNOWN: it cannot be told, or lies between opening and ending.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import ibis
import ibis.expr.types as ir

from holdfast.definitions.signal import SEVERITIES, Signal, Threshold
from holdfast.lake.translate import to_ibis
from holdfast.lake.translate_kinds import condition

from .order import components, levels
from .values import KEYS

ENDS, UNKNOWN = -1, 0
Keep = Callable[[ir.Table], ir.Table]
Settle = Callable[[ir.Table, Sequence[Signal], Sequence[str]], ir.Table]
"""From the codes of some signals, and the names of those that others look at: the codes as they are in the end, and a
column for each of the names that says whether it holds; null where it never could be told."""


def by_day(table: ir.Table, signals: Mapping[str, Signal], keep: Sequence[str] = ()) -> ir.Table:
    """What conditions say of each day by itself, from the wide ``table`` of ``values.values``.

    account_id, as_of, scored, the columns ``keep``, the codes of the signals that name no other, and what all
    others look at.
    """
    groups = levels(signals)
    return _looked_at(table, groups[0], keep, groups[1:]) if groups else table.select(*KEYS, "scored", *keep)


def codes(told: ir.Table, signals: Mapping[str, Signal], keep: Keep, settle: Settle | None = None) -> ir.Table:
    """(account_id, as_of, one column a signal) from what ``by_day`` gives.

    ``settle`` makes of the days by themselves what holds over time, see ``over_time``; without it each day is looked
    at by itself.
    """
    named, groups = components(signals), levels(signals)
    table = told
    done: list[str] = []
    for number, group in enumerate(groups):
        table = keep(_looked_at(table, group, done, groups[number + 1:]) if number else table)
        table = (settle or _each_day)(table, group, [one.signal for one in group if one.signal in named])
        done += [column(one.signal) for one in group]
    return keep(table.select(*KEYS, **{name.removeprefix("code_"): table[name] for name in done}))


def _each_day(table: ir.Table, group: Sequence[Signal], states: Sequence[str]) -> ir.Table:
    codes = {name: table[column(name)] for name in states}
    return table.mutate(**{
        name: ibis.cases((code > 0, True), (code < 0, False), else_=ibis.null("boolean"))
        for name, code in codes.items()
    }) if states else table


def _looked_at(
    table: ir.Table, group: Sequence[Signal], done: Sequence[str], later: Sequence[Sequence[Signal]]
) -> ir.Table:
    """What the conditions of ``group`` say of each day by itself, and what ``later`` ones look at: nothing else, so
    that what follows, which sorts the rows, does not carry every metric."""
    still = {name for signals in later for one in signals for name in one.names} - {*KEYS, "scored"}
    own = {column(one.signal): _code(one, table) for one in group}
    own |= {opened(one.signal): _on(one, table) for one in group if one.holds_for is not None}
    return table.select(*KEYS, "scored", *done, *sorted(still & set(table.columns)), **own)


def column(signal: str) -> str:
    """The column of the signal's code."""
    return f"code_{signal}"


def opened(signal: str) -> str:
    """The column that says whether the condition of a signal that waits is true."""
    return f"on_{signal}"


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
