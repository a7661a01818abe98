"""News about a customer from outside."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

EXTERNAL_SIGNAL = RecordType(
    name="external_signal",
    about="A job change, news item, funding round or other sign from outside.",
    key=("signal_id",),
    dated_by=("observed_at",),
    columns=(
        Column("signal_id", required=True),
        Column("account_id", required=True),
        Column("contact_id", personal="person", domain="contact"),
        Column("kind", values=("job change", "news", "funding", "hiring", "layoffs", "merger", "intent",
                               "competitor", "technographic")),
        Column("observed_at", "timestamp", required=True),
        Column("text", personal="text"),
        Column("url", personal="text"),
    ),
)
