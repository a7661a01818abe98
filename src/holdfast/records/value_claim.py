"""A claim that the product was worth something, and who confirmed it."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

VALUE_CLAIM = RecordType(
    name="value_claim",
    about="Value a customer got, of the first, second or third degree, and who confirmed it.",
    key=("claim_id",),
    dated_by=("claimed_on",),
    columns=(
        Column("claim_id", required=True),
        Column("account_id", required=True),
        Column("metric", about="What improved, in the customer's words"),
        Column("degree", "integer", about="1 measured effect, 2 work done, 3 activity"),
        Column("baseline", "decimal"),
        Column("amount", "decimal", unit="money"),
        Column("currency"),
        Column("period", values=("year", "quarter", "month", "once")),
        Column("claimed_on", "date", about="When the claim was made"),
        Column("confirmed_by", personal="person", domain="contact", holds_from="confirmed_at"),
        Column("confirmed_at", "timestamp", holds_from="confirmed_at"),
        Column("expires_at", "timestamp"),
    ),
)
