"""A deal with a customer: a renewal or an expansion."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

OPPORTUNITY = RecordType(
    name="opportunity",
    about="A renewal or expansion deal.",
    key=("opportunity_id",),
    dated_by=("opened_at",),
    columns=(
        Column("opportunity_id", required=True),
        Column("account_id", required=True),
        Column("kind", values=("renewal", "expansion")),
        Column("stage"),
        Column("amount", "decimal", unit="money"),
        Column("currency"),
        Column("opened_at", "timestamp"),
        Column("expected_close", "date"),
        Column("closed_at", "timestamp", holds_from="closed_at"),
        Column("won", "boolean", holds_from="closed_at"),
    ),
)
