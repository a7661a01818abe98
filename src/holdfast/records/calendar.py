"""Days on which a team does not work."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

CALENDAR = RecordType(
    name="calendar",
    about="A holiday or closed day of a team; working hours stand in people.yml.",
    key=("team", "date"),
    dated_by=(),
    columns=(
        Column("team", required=True),
        Column("date", "date", required=True),
        Column("kind", values=("holiday", "closed", "short")),
        Column("name"),
    ),
)
