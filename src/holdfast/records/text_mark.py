"""What was read in one text of a customer: a view over the records that carry texts, never ingested."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

MENTIONS = (
    "budget", "cancellation", "champion_leaving", "competitor", "complaint", "contract", "downgrade", "evaluation",
    "feature_gap", "frustration", "reorganisation",
)
"""The kinds of mention, each a column of the view."""

TEXT_MARK = RecordType(
    name="text_mark",
    about="Mood and mentions of one text: of a ticket, a message of the customer, a survey comment, a call, a note. "
          "A view: the run makes it from those records, no source is read into it.",
    key=("mark_id",),
    dated_by=("occurred_at",),
    columns=(
        Column("mark_id", about="Record, key and column of the text"),
        Column("account_id", required=True),
        Column("contact_id", personal="person", domain="contact"),
        Column("occurred_at", "timestamp", required=True),
        Column("channel", values=("ticket", "message", "survey", "interaction", "note")),
        Column("text", personal="text"),
        Column("language", values=("en", "unknown"), about="Only English is read"),
        Column("mood", "decimal", unit="-1 to 1", about="Empty where the language is unknown"),
        *(Column(kind, "boolean", about="Whether it is mentioned; empty where the language is unknown")
          for kind in MENTIONS),
        Column("spans", about="Where each mention stands: kind, first character, character after the last"),
    ),
)
