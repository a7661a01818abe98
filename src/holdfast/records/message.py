"""One message between the company and a customer."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

MESSAGE = RecordType(
    name="message",
    about="An e-mail, chat line or ticket reply.",
    key=("message_id",),
    append=True,
    dated_by=("sent_at",),
    columns=(
        Column("message_id"),
        Column("account_id", required=True),
        Column("contact_id", personal="person", domain="contact"),
        Column("ticket_id"),
        Column("sent_at", "timestamp", required=True),
        Column("direction", values=("inbound", "outbound"), about="inbound is written by the customer"),
        Column("bulk", "boolean", about="Sent to many at once, such as a newsletter; empty is no"),
        Column("text", personal="text"),
        Column("opened_at", "timestamp", holds_from="opened_at", about="When an outbound e-mail was opened"),
    ),
)
