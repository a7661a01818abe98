"""Our messages with the customer's reply to them."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context, derivation
from holdfast.segments.days import days_between

from .seconds import seconds_between

REPLY_DAYS = 14
"""A message of the customer within so many days after ours counts as a reply."""

COLUMNS = {
    "reply_at": f"When the customer replied to our message, within {REPLY_DAYS} days, outside tickets and mass mail",
    "reply_days": "Days from our message to the reply",
    "sent_days_ago": "Days from the day of sending to the as-of day",
}


@derivation("message_reply")
def message_reply(rows: ibis.Table, context: Context) -> ibis.Table:
    """The reply is the account's first inbound message after ours, outside tickets; mass mail expects none."""
    written = (rows.direction == "inbound") & rows.ticket_id.isnull()
    moment = ibis.ifelse(written, rows.sent_at, ibis.null("timestamp"))
    following = ibis.window(group_by=[rows.as_of, rows.account_id], order_by=[rows.sent_at, rows.message_id],
                            rows=(1, None))
    found = rows.mutate(next_inbound_=moment.min().over(following))
    ours = (found.direction == "outbound") & found.ticket_id.isnull() & ~found.bulk.fill_null(False)
    seconds = seconds_between(found.sent_at, found.next_inbound_)
    answered = (ours & (seconds <= REPLY_DAYS * 86_400)).fill_null(False)
    return found.mutate(
        reply_at=ibis.ifelse(answered, found.next_inbound_, ibis.null("timestamp")),
        reply_days=ibis.ifelse(answered, seconds / 86_400.0, ibis.null("float64")),
        sent_days_ago=days_between(context.snapshot.local_day(found.sent_at), found.as_of),
    ).drop("next_inbound_")
