"""The question whether a customer gets more than it pays for, and the answer."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

VALUE_QUESTION = RecordType(
    name="value_question",
    about="Somebody asked whether the product is worth more than its price.",
    key=("question_id",),
    dated_by=("asked_at",),
    columns=(
        Column("question_id", required=True),
        Column("account_id", required=True),
        Column("asked_at", "timestamp", required=True),
        Column("asked_by", personal="person", domain="staff"),
        Column("asked_of", personal="person", domain="contact"),
        Column("answer", values=("more", "about even", "less", "unknown")),
        Column("evidence", personal="text"),
    ),
)
