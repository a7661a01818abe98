"""A bill."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

INVOICE = RecordType(
    name="invoice",
    about="A bill and whether it was paid.",
    key=("invoice_id",),
    dated_by=("issued_on",),
    columns=(
        Column("invoice_id", required=True),
        Column("account_id", required=True),
        Column("issued_on", "date", required=True),
        Column("due_on", "date"),
        Column("paid_on", "date", holds_from="paid_on"),
        Column("amount", "decimal", unit="money"),
        Column("currency"),
        Column("status", values=("paid", "open", "failed", "refunded", "void"), holds_from="paid_on",
               about="Holds from the day of payment, failure or refund"),
    ),
)
