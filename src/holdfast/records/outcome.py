"""What became of an account: churn, contraction, expansion, renewal, reactivation."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

OUTCOME = RecordType(
    name="outcome",
    about="A churn, contraction, expansion, renewal or reactivation.",
    key=("account_id", "kind", "occurred_at"),
    dated_by=("occurred_at",),
    columns=(
        Column("account_id", required=True),
        Column("kind", required=True,
               values=("churn", "contraction", "expansion", "renewal", "reactivation")),
        Column("occurred_at", "timestamp", required=True),
        Column("noticed_at", "timestamp", about="When the company learned of it"),
        Column("amount", "decimal", unit="money a month"),
        Column("voluntary", "boolean"),
        Column("reason"),
        Column("competitor"),
        Column("comment", personal="text"),
    ),
)
