"""A running or past contract line."""

from __future__ import annotations

from .column import Column
from .record_type import RecordType

SUBSCRIPTION = RecordType(
    name="subscription",
    about="A contract line: what is paid, for how many seats, until when.",
    key=("subscription_id",),
    columns=(
        Column("subscription_id", required=True),
        Column("account_id", required=True),
        Column("product"),
        Column("plan"),
        Column("starts_on", "date", required=True),
        Column("ends_on", "date", about="Last day of the contract; empty while it runs on"),
        Column("renews_on", "date", about="Day of the next renewal"),
        Column("notice_days", "integer", unit="days", about="Notice period before the renewal"),
        Column("mrr", "decimal", unit="money a month", holds_from="starts_on"),
        Column("list_mrr", "decimal", unit="money a month", holds_from="starts_on",
               about="Price before discount"),
        Column("currency"),
        Column("seats", "integer", unit="seats", holds_from="starts_on"),
        Column("term_months", "integer", unit="months"),
        Column("auto_renew", "boolean"),
        Column("status", values=("active", "trial", "cancelled", "ended", "paused"),
               about="As the source states it"),
        Column("attributes", "json"),
    ),
)
