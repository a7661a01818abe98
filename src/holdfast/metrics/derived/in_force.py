"""Raw versions of a record in force on each day, before any column waits for its own date."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context


def in_force(context: Context, record: str, key: str, condition: str, values: tuple[str, ...]) -> ibis.Table:
    """``as_of`` and ``key`` of rows with a version in force whose ``condition`` column is one of ``values``.

    Without ``values`` it is enough that the column is filled. As now known, the first version is carried
    back; as believed, only what was known by the end of the day counts.
    """
    rows = context.snapshot.rows(record)
    since = ibis.coalesce(rows.effective_at, rows.known_at)
    first = since.min().over(ibis.window(group_by=rows[key]))
    rows = rows.mutate(since_=since, first_=since == first)
    rows = rows.filter(rows[condition].isin(values) if values else rows[condition].notnull())
    assert context.days is not None
    days = context.days.select("as_of", "until")
    if context.clock == "believed":
        found = days.inner_join(rows, [rows.known_at < days.until, rows.since_ < days.until])
    else:
        found = days.inner_join(rows, [(rows.since_ < days.until) | rows.first_])
    return found.select("as_of", key).distinct()
