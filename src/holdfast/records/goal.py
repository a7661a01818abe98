"""What a customer wants to reach."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

GOAL = RecordType(
    name="goal",
    about="One objective of the success plan of an account.",
    key=("goal_id",),
    dated_by=("set_on",),
    columns=(
        Column("goal_id", required=True),
        Column("account_id", required=True),
        Column("objective"),
        Column("use_case"),
        Column("target", "decimal"),
        Column("unit"),
        Column("set_on", "date", about="When the goal was agreed"),
        Column("due_on", "date"),
        Column("achieved_at", "timestamp", holds_from="achieved_at"),
        Column("owner", personal="person", domain="staff"),
    ),
)
