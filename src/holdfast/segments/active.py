"""When a subscription is active."""

from __future__ import annotations

import ibis

STOPPED = ("cancelled", "ended", "paused")


def active(rows: ibis.Table) -> ibis.BooleanValue:
    """Whether a subscription is active on ``as_of``: begun, and its last day (inclusive) not passed.

    Where the contract states its last day, the date decides and not the status, because a status is only
    known as it is today; a subscription without a last day that is cancelled, ended or paused is not active.
    """
    begun = rows.starts_on <= rows.as_of
    status = rows.status.fill_null("active")
    dated = rows.ends_on.notnull() & (rows.ends_on >= rows.as_of) & (status != "paused")
    open_ended = rows.ends_on.isnull() & ~status.isin(STOPPED)
    return begun & (dated | open_ended)
