"""A number computed elsewhere."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

MEASUREMENT = RecordType(
    name="measurement",
    about="A metric that another system computed; this is how a flat export enters.",
    key=("account_id", "metric", "as_of"),
    dated_by=("as_of",),
    columns=(
        Column("account_id", required=True),
        Column("metric", required=True),
        Column("as_of", "date", required=True, stored="measured_on"),
        Column("value", "number"),
    ),
)
