"""What a person wrote down about an account."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

NOTE = RecordType(
    name="note",
    about="A note by a person of the company.",
    key=("note_id",),
    dated_by=("at",),
    columns=(
        Column("note_id", required=True),
        Column("account_id", required=True),
        Column("author", personal="person", domain="staff"),
        Column("at", "timestamp", required=True),
        Column("text", personal="text"),
    ),
)
