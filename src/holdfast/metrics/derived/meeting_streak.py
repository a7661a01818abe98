"""Meetings with the moment of the last one that was held before them."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context, derivation

MEETINGS = ("meeting", "review", "call")

COLUMNS = {"after_last_held": "Scheduled later than the last meeting, review or call that was held"}


@derivation("meeting_streak")
def meeting_streak(rows: ibis.Table, context: Context) -> ibis.Table:
    """Add whether a meeting lies after the last one that was held."""
    held = rows.kind.isin(MEETINGS) & rows.held_at.notnull()
    moment = ibis.ifelse(held, ibis.coalesce(rows.scheduled_at, rows.held_at), ibis.null("timestamp"))
    last = moment.max().over(ibis.window(group_by=[rows.as_of, rows.account_id]))
    return rows.mutate(after_last_held=(last.isnull() | (rows.scheduled_at > last)))
