"""Events as the roll-up reads them: local days, defaults filled in, what features.yml says of each."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from holdfast.definitions.expression import Expression
from holdfast.definitions.features import Features
from holdfast.lake import Snapshot
from holdfast.metrics import record_context as context
from holdfast.records import EVENT

PERSON = "person"


def event_rows(snapshot: Snapshot, features: Features) -> ir.Table:
    """One row an event: ``day``, ``known_day``, an empty quantity as one, an empty channel as person."""
    rows = snapshot.rows("event")
    rows = rows.filter(~rows.deleted.fill_null(False))
    one, none = ibis.literal(1).cast(rows.quantity.type()), ibis.literal(0).cast(rows.error.type())
    return rows.mutate(
        day=snapshot.local_day(rows.occurred_at),
        known_day=snapshot.local_day(rows.known_at),
        quantity=rows.quantity.fill_null(one),
        error=rows.error.fill_null(none),
        channel=rows.channel.fill_null(PERSON),
        is_login=_one_of(rows.name, features.login),
        is_core=_one_of(rows.feature, features.core),
        is_expansion=_one_of(rows.feature, features.expansion),
        is_advanced=_one_of(rows.feature, features.advanced),
        is_key=_one_of(rows.feature, key_features(features)),
    )


def key_features(features: Features) -> tuple[str, ...]:
    """The features whose silence matters most: those named key, else the core ones."""
    return features.key or features.core


def _one_of(column: ir.StringValue, values: tuple[str, ...]) -> ir.BooleanValue:
    return column.isin(values).fill_null(False) if values else ibis.literal(False)


def counts(rows: ir.Table, where: str, any_channel: bool = False) -> ir.BooleanValue:
    """Whether an event counts: the condition holds, in the person channel unless it speaks of channels."""
    condition = Expression.parse(where) if where else None
    found = context.holds(condition, context.columns(rows, EVENT))
    free = any_channel or (condition is not None and "channel" in condition.names)
    return found if free else found & (rows.channel == PERSON)
