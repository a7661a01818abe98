"""A customer: the unit that is scored."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

LIFECYCLES = ("trial", "onboarding", "active", "renewal", "churned")

ACCOUNT = RecordType(
    name="account",
    about="A customer company, the unit that is scored.",
    key=("account_id",),
    dated_by=("created_at",),
    columns=(
        Column("account_id", required=True, about="Id of the account, kept as text"),
        Column("name", about="Name in daily use"),
        Column("legal_name", about="Name in the contract"),
        Column("parent_id", about="Account id of the parent company"),
        Column("created_at", "timestamp", about="When the customer signed up"),
        Column("launched_at", "timestamp", about="When the customer went live", holds_from="launched_at"),
        Column("lifecycle", values=LIFECYCLES, about="Stage as the source states it"),
        Column("owner", personal="person", domain="staff", about="Customer success manager, by e-mail"),
        Column("manager", personal="person", domain="staff", about="Manager of the owner, by e-mail"),
        Column("industry"),
        Column("sub_industry"),
        Column("country"),
        Column("region"),
        Column("employee_count", "integer", unit="people"),
        Column("revenue", "decimal", unit="money a year", about="Yearly revenue of the customer company"),
        Column("founded", "integer", unit="year"),
        Column("funding_stage"),
        Column("growth_stage"),
        Column("plan", about="Plan as the source of accounts states it"),
        Column("acquisition_channel"),
        Column("campaign"),
        Column("website"),
        Column("strategic", "boolean", about="Named strategic by the company"),
        Column("attributes", "json", about="Columns of the source that no mapping names"),
    ),
)
