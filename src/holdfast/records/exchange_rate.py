"""What one unit of a currency was worth in another."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

EXCHANGE_RATE = RecordType(
    name="exchange_rate",
    about="Units of the base currency for one unit of the currency on a day.",
    key=("currency", "base", "date"),
    dated_by=("date",),
    columns=(
        Column("currency", required=True),
        Column("base", required=True),
        Column("date", "date", required=True),
        Column("rate", "number", required=True),
    ),
)
