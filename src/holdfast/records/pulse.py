"""A person's judgement of an account, kept apart from what is computed."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

DIMENSIONS = ("sentiment", "brand", "reference", "influence", "product_fit")

PULSE = RecordType(
    name="pulse",
    about="A person's rating of an account in one dimension, with a reason and an expiry.",
    key=("account_id", "dimension", "author"),
    dated_by=("at",),
    columns=(
        Column("account_id", required=True),
        Column("dimension", required=True, values=DIMENSIONS),
        Column("author", required=True, personal="person", domain="staff"),
        Column("at", "timestamp", required=True),
        Column("rating", "decimal", unit="points of 100"),
        Column("reason", personal="text"),
        Column("expires_at", "timestamp"),
    ),
)
