"""Something that happened in the product."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

CHANNELS = ("person", "api", "automation")

EVENT = RecordType(
    name="event",
    about="One action in the product.",
    key=("event_id",),
    append=True,
    dated_by=("occurred_at",),
    columns=(
        Column("event_id"),
        Column("account_id", required=True),
        Column("subscription_id"),
        Column("user_id", personal="person", domain="user"),
        Column("occurred_at", "timestamp", required=True),
        Column("sent_at", "timestamp", about="Clock of the sending device when it sent the event"),
        Column("name", about="What happened, such as login or report_opened"),
        Column("feature", about="The feature it belongs to"),
        Column("session_id"),
        Column("quantity", "decimal", about="How many actions the row stands for; empty is one"),
        Column("duration_s", "decimal", unit="seconds"),
        Column("error", "decimal", about="How many errors the row reports; empty is none"),
        Column("channel", values=CHANNELS, about="Empty is person"),
        Column("device"),
        Column("properties", "json"),
    ),
)
