"""Columns derived from several rows of a record, or from two records, before a metric counts them.

Each module registers one derivation and declares in ``COLUMNS`` what it adds. A metric names the
derivations it uses; a derivation never adds or drops a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import (
    asked_days,
    confirmed_quarter,
    contact_life,
    contract_state,
    headcount,
    invoice_state,
    meeting_streak,
    message_reply,
    reporting_money,
    ticket_times,
)

DERIVED_COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    module.__name__.rpartition(".")[2]: module.COLUMNS
    for module in (asked_days, confirmed_quarter, contact_life,
                   contract_state, headcount, invoice_state, meeting_streak,
                   message_reply, reporting_money, ticket_times)
})
"""Derivation -> the columns it adds, each with its meaning."""
