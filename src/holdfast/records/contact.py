"""A person at a customer."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

LEVELS = ("executive", "manager", "user")
ROLES = ("champion", "sponsor", "budget_holder", "decision_maker", "billing", "technical")

CONTACT = RecordType(
    name="contact",
    about="A person at a customer, with level and roles.",
    key=("contact_id",),
    dated_by=("since",),
    columns=(
        Column("contact_id", required=True, personal="person", domain="contact"),
        Column("account_id", required=True),
        Column("user_id", personal="person", domain="user", about="The same person in the product's events"),
        Column("name", personal="detail"),
        Column("email", personal="detail"),
        Column("phone", personal="detail"),
        Column("profile_url", personal="detail"),
        Column("email_valid", "boolean", about="As stated, else read from the form of the address"),
        Column("title", personal="detail"),
        Column("level", values=LEVELS),
        Column("roles", about="Roles joined by '|', of: " + ", ".join(ROLES)),
        Column("reports_to", personal="person", domain="contact"),
        Column("status", values=("active", "left", "unknown")),
        Column("since", "timestamp", about="When the person was first known"),
        Column("left_at", "timestamp", about="When the person left the customer", holds_from="left_at"),
        Column("consent", "boolean", about="May be written to"),
        Column("attributes", "json", personal="text"),
    ),
)
