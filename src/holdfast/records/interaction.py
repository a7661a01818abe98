"""A meeting, call, webinar or other contact with a customer."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

INTERACTION = RecordType(
    name="interaction",
    about="A planned or held contact: meeting, review, call, webinar, training, content, community.",
    key=("interaction_id",),
    dated_by=("booked_at", "scheduled_at", "held_at"),
    columns=(
        Column("interaction_id", required=True),
        Column("account_id", required=True),
        Column("contact_id", personal="person", domain="contact"),
        Column("kind", values=("meeting", "review", "call", "email", "webinar", "training", "content",
                               "community")),
        Column("purpose", values=("renewal", "onboarding", "check-in", "executive", "support")),
        Column("booked_at", "timestamp", about="When it was put in the calendar"),
        Column("scheduled_at", "timestamp"),
        Column("held_at", "timestamp", holds_from="held_at"),
        Column("status", values=("held", "cancelled", "no_show", "rescheduled", "offered"),
               holds_from="scheduled_at"),
        Column("initiator", values=("us", "customer")),
        Column("replied_at", "timestamp", holds_from="replied_at"),
        Column("text", personal="text"),
    ),
)
