"""The user-day roll-up: everything that event metrics look at, one row a user, day and day of knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from holdfast.definitions.expression import Expression
from holdfast.definitions.features import Features
from holdfast.lake import Engine, Snapshot
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

    Events without a user id stand in rows whose ``user_key`` is null, starts of sessions in rows without a
    source. ``bits`` says which bit stands for which value; values that it lacks get the next ones.
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
    marked = events.select(*GRAIN, _timed=timed, **{name: value for name, (_, value) in values.items()})
    totals = {name: MERGES[merge](marked[name]) for name, (merge, _) in values.items()}
    totals["_timed"] = MERGES["sum"](marked._timed)
    rolled = engine.cache(marked.group_by(GRAIN).aggregate(_rows=marked.count().cast("int64"), **totals))
    for column in columns:
        if column.kind == "sessions":
            rolled = _with_sessions(engine, rolled, events, column)
    return rolled


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


def _with_sessions(engine: Engine, rolled: ir.Table, events: ir.Table, column: RollupColumn) -> ir.Table:
    starts = session_starts(events.filter(counts(events, column.where, column.any_channel)))
    starts = starts.mutate(source=ibis.null("string"))
    per_day = starts.group_by(GRAIN).aggregate(**{column.name: starts.sessions.sum().cast("int64")})
    schema = rolled.schema()
    names = [n for n in rolled.columns if n not in GRAIN]
    left = rolled.mutate(**{column.name: ibis.literal(0, "int64")})
    nothing = {n: ibis.literal(0).cast(schema[n]) for n in names}
    right = per_day.select(*GRAIN, **nothing, **{column.name: per_day[column.name]})
    both = engine.cache(ibis.union(left.select(*GRAIN, *names, column.name), right))
    engine.release(rolled)
    return both
