"""What codes come to over the stored days of an account: waits, and which signals hold.

Many signals can be told on every day, or on none, as where a record is missing. Their days are not sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from holdfast.definitions.signal import Signal, days_of
from holdfast.lake import Engine

from .codes import UNKNOWN, Settle, column, opened
from .values import KEYS, beside

_EPOCH = "1970-01-01"
_BASE = 16
"""One more than the highest code may be, one added."""
AT_ONCE = 15
"""Codes that one number of 64 bits holds."""


class Said(NamedTuple):
    """The lowest and the highest code of a column, and whether any is UNKNOWN."""

    lowest: int
    highest: int
    unclear: bool


def over_time(engine: Engine) -> Settle:
    """See ``codes.Settle``: a signal that waits is UNKNOWN until its condition has held for so long, and one that
    others look at holds from its opening to its end."""

    def settle(table: ir.Table, group: Sequence[Signal], states: Sequence[str]) -> ir.Table:
        told = said(engine, table, [column(one.signal) for one in group])
        waits = {
            one.signal: days for one in group
            if (days := days_of(one.holds_for)) is not None and told[column(one.signal)].highest > UNKNOWN
        }
        at_once = {n: held for n in states
                   if n not in waits and (held := _held_at_once(table, n, told[column(n)])) is not None}
        sought = [n for n in states if n not in at_once]
        table = table.mutate(**at_once) if at_once else table
        if not waits and not sought:
            return table
        found = engine.cache(_sorted(table, waits, sought))
        return beside(table.drop(*(n for n in found.columns if n in table.columns and n not in KEYS)), found)

    return settle


def _sorted(table: ir.Table, waits: Mapping[str, int], sought: Sequence[str]) -> ir.Table:
    """The codes that wait, and whether the signals ``sought`` hold: of the rows nothing else is sorted."""
    codes = list(dict.fromkeys(column(n) for n in (*waits, *sought)))
    rows = table.select(*KEYS, *codes, *map(opened, waits))
    rows = _waited(rows, waits) if waits else rows
    held = {n: last_known(rows, rows[column(n)], ("account_id",)) > UNKNOWN for n in sought}
    return rows.select(*KEYS, *map(column, waits), **held)


def said(engine: Engine, table: ir.Table, names: Sequence[str]) -> dict[str, Said]:
    """What each column of codes says in all, in one look at the table."""
    looks = {f"{n}.{look}": value for n in names for look, value in (
        ("lowest", table[n].min()), ("highest", table[n].max()), ("unclear", (table[n] == UNKNOWN).any()))}
    found = engine.arrow(table.aggregate(**looks)).to_pylist()[0]
    if any(value is None for value in found.values()):
        return dict.fromkeys(names, Said(UNKNOWN, UNKNOWN, unclear=True))
    return {n: Said(*(found[f"{n}.{look}"] for look in Said._fields)) for n in names}


def _held_at_once(table: ir.Table, name: str, told: Said) -> ir.BooleanValue | None:
    """Whether the signal holds, null where it never could be told; None where that takes a look at earlier days."""
    if not told.unclear:
        return table[column(name)] > UNKNOWN
    return ibis.null("boolean") if told.lowest == told.highest else None


def _waited(table: ir.Table, waits: Mapping[str, int]) -> ir.Table:
    day_before = ibis.window(group_by="account_id", order_by="as_of")
    so_far = ibis.window(group_by="account_id", order_by="as_of", preceding=None, following=0)
    first = {
        name: ibis.ifelse(
            table[opened(name)] & ~table[opened(name)].lag().over(day_before).fill_null(False), table.as_of, None)
        for name in waits
    }
    table = table.mutate(**{f"first_{name}": day for name, day in first.items()})
    since = {name: table.as_of.delta(table[f"first_{name}"].max().over(so_far), unit="day") for name in waits}
    table = table.mutate(**{f"held_{name}": days for name, days in since.items()})
    code = {name: table[column(name)] for name in waits}
    return table.mutate(**{
        column(name): ibis.ifelse(
            (code[name] > 0) & ~(table[f"held_{name}"] >= days).fill_null(False), UNKNOWN, code[name]).cast("int8")
        for name, days in waits.items()
    })


def last_known(table: ir.Table, code: ir.IntegerValue, groups: tuple[str, ...]) -> ir.IntegerValue:
    """The newest code up to each row that is not UNKNOWN; null before the first.

    Day and code travel in one number, so that a running maximum finds the newest on every engine alike.
    """
    day = table.as_of.delta(ibis.date(_EPOCH), unit="day")
    packed = ibis.ifelse(code != UNKNOWN, day * _BASE + (code + 1), None)
    so_far = ibis.window(group_by=list(groups), order_by="as_of", preceding=None, following=0)
    newest = packed.max().over(so_far)
    return (newest % _BASE - 1).cast("int8")


def changed(codes: ir.Table, names: Sequence[str]) -> ir.Table:
    """The rows of ``codes`` on which any of the columns is not what it was on the account's stored day before, and each
    account's first. The codes of many columns are compared as one number."""
    in_order = ibis.window(group_by="account_id", order_by="as_of")
    some = [names[start:start + AT_ONCE] for start in range(0, len(names), AT_ONCE)]
    told = codes.mutate(**{f"_packed{k}": _packed([codes[n] for n in part]) for k, part in enumerate(some)})
    told = told.mutate(**{f"_before{k}": told[f"_packed{k}"].lag().over(in_order) for k in range(len(some))})
    other = [(told[f"_packed{k}"] != told[f"_before{k}"]).fill_null(True) for k in range(len(some))]
    return told.filter(ibis.or_(*other)).select(*codes.columns)


def _packed(codes: Iterable[ir.IntegerValue]) -> ir.IntegerValue:
    number: ir.IntegerValue = ibis.literal(0, "int64")
    for code in codes:
        # DuckDB holds a small constant in fewer bits, and Ibis leaves out a cast to the type that it takes it for
        number = number * _BASE + (code + 1).cast("int32").cast("int64")
    return number
