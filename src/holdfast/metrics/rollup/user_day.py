"""The user-day roll-up: everything that event metrics look at, one row a user, day and day of knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from holdfast.definitions.expression import Expression
from holdfast.definitions.features import Features
from holdfast.lake import Snapshot
from holdfast.metrics import record_context as context
from holdfast.records import EVENT

from .columns import RollupColumn
from .event_rows import counts, event_rows
from .masks import Bits, step_bits, steps
from .merge import EXACT, MERGES
from .sessions import session_starts

GRAIN = ["account_id", "user_key", "source", "day", "known_day"]
COUNTS = ["_rows", "_timed"]
"""Events, and those that carry a time of day."""


def user_day(
    snapshot: Snapshot, features: Features, columns: Sequence[RollupColumn], bits: Bits | None = None
) -> ir.Table:
    """``GRAIN``, ``COUNTS`` and the columns, one row a user, source, day and day of knowledge.

    Events without a user id stand in rows whose ``user_key`` is null; a session counts where its first event
    does. ``bits`` says which bit stands for which value; values that it lacks get the next ones.
    """
    engine = snapshot.engine
    events = event_rows(snapshot, features)
    known = Bits() if bits is None else bits
    words: dict[str, int] = {}
    for masked in masked_columns(columns):
        stored = EVENT.column(masked).stored_name
        coded, words[masked] = known.coded(engine, events, stored)
        events = events.left_join(coded, events[stored] == coded[f"{stored}__value"])
    values: dict[str, tuple[str, ir.Value]] = {}
    for column in columns:
        values.update(_values(events, features, column, words))
    timed = snapshot.timed(events.occurred_at).cast("int64")
    marked = events.select(
        *GRAIN, _rows=ibis.literal(1, "int64"), _timed=timed, **{name: value for name, (_, value) in values.items()})
    rules = dict.fromkeys(COUNTS, "sum") | {name: merge for name, (merge, _) in values.items()}
    for column in columns:
        if column.kind == "sessions":
            rules[column.name] = "sum"
            marked = _with_sessions(marked, events, column)
    return engine.cache(marked.group_by(GRAIN).aggregate(**{n: MERGES[rule](marked[n]) for n, rule in rules.items()}))


def masked_columns(columns: Sequence[RollupColumn]) -> list[str]:
    """The event columns of whose values some column keeps a mask."""
    return sorted({c.of for c in columns if c.kind == "mask"})


def _values(
    events: ir.Table, features: Features, column: RollupColumn, words: dict[str, int]
) -> dict[str, tuple[str, ir.Value]]:
    """What each event adds to the column: name, merge rule, value."""
    if column.kind == "sessions":
        return {}
    counted = counts(events, column.where, column.any_channel)
    zero = ibis.literal(0, "int64")
    if column.kind == "mask":
        stored = EVENT.column(column.of).stored_name
        return {
            f"{column.name}__{w}": ("bit_or", ibis.ifelse(counted, events[f"{stored}__bit{w}"].fill_null(0), zero))
            for w in range(words[column.of])
        }
    if column.kind == "steps":
        bits = step_bits(events, steps(features, column.of))
        return {column.name: ("bit_or", ibis.ifelse(counted, bits, zero))}
    return {column.name: ("sum", _amount(events, features, column, counted))}


def _amount(events: ir.Table, features: Features, column: RollupColumn, counted: ir.BooleanValue) -> ir.Value:
    if column.kind == "n":
        return counted.cast("int64")
    if column.kind == "unplaced":
        return (counted & events.user_key.isnull() & events.session_id.isnull()).cast("int64")
    nothing = ibis.literal(0).cast(EXACT)
    if column.kind == "weighted":
        return ibis.ifelse(counted, (_weight(events, column) * events.quantity).cast(EXACT), nothing)
    of = context.value(Expression.parse(column.of), context.columns(events, EVENT))
    if column.kind == "with":
        return (counted & of.notnull()).cast("int64")
    return ibis.ifelse(counted, of.cast(EXACT).fill_null(nothing), nothing)


def _weight(events: ir.Table, column: RollupColumn) -> ir.Value:
    kind = "decimal(18, 6)"
    zero = ibis.literal(Decimal(0), kind)
    weights = {key: ibis.literal(Decimal(str(w)), kind) for key, w in column.weights}
    if column.of == "class":
        tests = [(events[f"is_{name}"], weights.get(name, zero)) for name in
                 ("login", "core", "expansion", "advanced")]
        return ibis.cases(*tests, else_=weights.get("other", zero))
    return ibis.cases(*((events[column.of] == key, weight) for key, weight in weights.items()), else_=zero)


def _with_sessions(marked: ir.Table, events: ir.Table, column: RollupColumn) -> ir.Table:
    """``marked`` with the column, which is zero, and further rows that have nothing but starts of sessions."""
    starts = session_starts(events.filter(counts(events, column.where, column.any_channel)))
    nothing = {n: ibis.literal(0).cast(kind) for n, kind in marked.schema().items() if n not in GRAIN}
    left = marked.mutate(**{column.name: ibis.literal(0, "int64")})
    return ibis.union(left, starts.select(*GRAIN, **nothing, **{column.name: starts.sessions}))
