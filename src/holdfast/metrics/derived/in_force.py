"""Raw versions of a record in force on each day, before any column waits for its own date."""

from __future__ import annotations

import ibis

from holdfast.lake.as_of import in_force as versions_in_force
from holdfast.metrics.derivation import Context
from holdfast.records import RECORDS


def in_force(context: Context, record: str, key: str, condition: str, values: tuple[str, ...]) -> ibis.Table:
    """``as_of`` and ``key`` of rows whose version in force has one of ``values`` in the ``condition`` column.

    Without ``values`` it is enough that the column is filled. As now known, the first version is carried
    back; as believed, only what was known by the end of the day counts.
    """
    assert context.days is not None
    days = context.days.select("as_of", "until")
    found = versions_in_force(context.snapshot.rows(record), RECORDS[record], days, context.clock)
    found = found.filter(found[condition].isin(values) if values else found[condition].notnull())
    return found.select("as_of", key).distinct()
