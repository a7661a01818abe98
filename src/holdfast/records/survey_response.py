"""A survey that was asked, and its answer if there was one."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

SURVEY_RESPONSE = RecordType(
    name="survey_response",
    about="One survey sent to one person; without an answer the score is empty.",
    key=("response_id",),
    dated_by=("asked_at", "answered_at"),
    columns=(
        Column("response_id", required=True),
        Column("account_id", required=True),
        Column("contact_id", personal="person", domain="contact"),
        Column("kind", values=("relationship_nps", "transactional_nps", "csat", "ces")),
        Column("asked_at", "timestamp"),
        Column("answered_at", "timestamp", holds_from="answered_at"),
        Column("score", "decimal", holds_from="answered_at"),
        Column("comment", personal="text"),
    ),
)
