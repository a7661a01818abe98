"""Names that expressions may use besides metrics: columns of the account frame, derived columns of rows."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.records import READABLE, Column

from .metric import EVENT_FLAGS, ROW_NAMES

FRAME_NUMBERS = (
    "employee_count", "tenure_days", "mrr", "arr", "seats", "active_subscriptions", "strategic", "high_growth",
    "seasonal", "scored",
)
"""Columns of the account frame that are numbers or yes/no: metric expressions may name them."""

FRAME_COLUMNS = (
    "account_id", "as_of", "until", "name", "parent_id", "owner_key", "manager_key", "lifecycle", "industry",
    "sub_industry", "country", "region", "plan", "growth_stage", "acquisition_channel", "created_on",
    "launched_on", "first_start", "renews_on", "segment", "value_tier", "not_scored", *FRAME_NUMBERS,
)
"""Every column of the account frame."""

DERIVED: Mapping[str, tuple[str, ...]] = {
    "asked_days": ("asked_days_ago",),
    "confirmed_quarter": ("quarters_since_confirmed",),
    "contact_life": ("last_touch_on", "silent_from", "departed_on", "present", "has_roles"),
    "contract_state": ("active", "reporting_mrr", "reporting_list_mrr", "decides_on", "term", "notice_by"),
    "headcount": ("employee_count_before",),
    "invoice_state": ("withdrawn",),
    "meeting_streak": ("after_last_held",),
    "message_reply": ("reply_at", "reply_days", "sent_days_ago"),
    "reporting_money": ("reporting_amount", "yearly_amount"),
    "ticket_times": ("first_reply_hours", "resolution_hours"),
}
"""Derivation -> the columns that it adds to the rows of a record."""

DIALS = ("value", "tier", "stakeholder", "adoption", "risk", "data", "pulse")
"""The dials beside health; signals name their scores as ``dial_value`` and so on."""
SCORE_NUMBERS = ("score", "coverage", "score_change_7d", "score_change_28d", *(f"dial_{name}" for name in DIALS))
SCORE_NAMES = (*SCORE_NUMBERS, "band", "tier_band")
"""What signals may name besides: score, band and coverage of the dial health on the day, the change of that
score against the stored day nearest to 7 and to 28 days before (at most 6 days older), the other dials, and the
band of the dial tier."""

SYSTEM_COLUMNS = ("source", "known_at", "effective_at")


def row_columns(record: str, derived: tuple[str, ...] = ()) -> set[str]:
    """Names that an expression over the rows of ``record`` may use.

    >>> "csat" in row_columns("ticket"), "is_login" in row_columns("event"), "nps" in row_columns("ticket")
    (True, True, False)
    """
    names = set(ROW_NAMES) | set(SYSTEM_COLUMNS)
    for column in READABLE[record].columns:
        names |= {column.name, column.stored_name}
    for derivation in derived:
        names.update(DERIVED.get(derivation, ()))
    return names | (set(EVENT_FLAGS) if record == "event" else set())


def columns(record: str) -> Mapping[str, Column]:
    """Declared columns of ``record`` by name; none for an unknown record."""
    return READABLE[record].by_name if record in READABLE else {}
