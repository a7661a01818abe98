"""A support request."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

TICKET = RecordType(
    name="ticket",
    about="A support request, from opening to closing.",
    key=("ticket_id",),
    dated_by=("opened_at",),
    columns=(
        Column("ticket_id", required=True),
        Column("account_id", required=True),
        Column("contact_id", personal="person", domain="contact"),
        Column("opened_at", "timestamp", required=True),
        Column("first_reply_at", "timestamp", holds_from="first_reply_at"),
        Column("closed_at", "timestamp", holds_from="closed_at"),
        Column("priority", values=("low", "normal", "high", "urgent")),
        Column("escalated", "boolean"),
        Column("reopened", "boolean", holds_from="closed_at"),
        Column("csat", "decimal", unit="points of 5", holds_from="closed_at"),
        Column("subject", personal="text"),
        Column("text", personal="text"),
        Column("sentiment", "decimal", unit="-1 to 1", about="As the help desk measured it"),
    ),
)
