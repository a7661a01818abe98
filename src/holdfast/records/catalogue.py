"""All record types, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .account import ACCOUNT
from .calendar import CALENDAR
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

RECORDS: Mapping[str, RecordType] = MappingProxyType({
    record.name: record
    for record in (
        ACCOUNT, CONTACT, EVENT, SUBSCRIPTION, OPPORTUNITY, INVOICE, TICKET, MESSAGE, SURVEY_RESPONSE,
        INTERACTION, GOAL, OUTCOME, VALUE_CLAIM, VALUE_QUESTION, EXTERNAL_SIGNAL, NOTE, PULSE, MEASUREMENT,
        EXCHANGE_RATE, CALENDAR,
    )
})
"""Every record type. The order is the one in which a run reads them: accounts before what points at them."""

VIEWS: Mapping[str, RecordType] = MappingProxyType({TEXT_MARK.name: TEXT_MARK})
"""Record types that are made of others: metrics read them, sources do not."""

READABLE: Mapping[str, RecordType] = MappingProxyType({**RECORDS, **VIEWS})
"""Every record type that a metric may name."""
