"""What a customer's data is: record types, their columns, keys, units and dates. Declarations only."""

from __future__ import annotations

from .account import ACCOUNT
from .calendar import CALENDAR
from .catalogue import READABLE, RECORDS, VIEWS
from .column import Column, Kind, Personal
from .contact import CONTACT
from .event import EVENT
from .exchange_rate import EXCHANGE_RATE
from .external_signal import EXTERNAL_SIGNAL
from .goal import GOAL
from .interaction import INTERACTION
from .invoice import INVOICE
from .measurement import MEASUREMENT
from .message import MESSAGE
from .note import NOTE
from .opportunity import OPPORTUNITY
from .outcome import OUTCOME
from .pulse import PULSE
from .record_type import RecordType
from .subscription import SUBSCRIPTION
from .survey_response import SURVEY_RESPONSE
from .text_mark import TEXT_MARK
from .ticket import TICKET
from .value_claim import VALUE_CLAIM
from .value_question import VALUE_QUESTION

__all__ = [
    "ACCOUNT", "CALENDAR", "CONTACT", "EVENT", "EXCHANGE_RATE", "EXTERNAL_SIGNAL", "GOAL", "INTERACTION",
    "INVOICE", "MEASUREMENT", "MESSAGE", "NOTE", "OPPORTUNITY", "OUTCOME", "PULSE", "READABLE", "RECORDS",
    "SUBSCRIPTION", "SURVEY_RESPONSE", "TEXT_MARK", "TICKET", "VALUE_CLAIM", "VALUE_QUESTION", "VIEWS",
    "Column", "Kind", "Personal", "RecordType",
]
