"""The kinds of the names that expressions may use."""

from __future__ import annotations

from collections.abc import Iterable

from holdfast.records import READABLE, Column

from .expression_kinds import Kind
from .metric import EVENT_FLAGS
from .names import FRAME_COLUMNS, FRAME_NUMBERS, SCORE_NUMBERS

_YES_NO = ("strategic", "high_growth", "seasonal", "scored")
_DATES = ("as_of", "created_on", "launched_on", "first_start", "renews_on")
_NUMBERS = ("owner_key", "manager_key", *SCORE_NUMBERS)
_KINDS: dict[str, Kind] = {"integer": "number", "decimal": "number", "number": "number", "text": "text",
                           "json": "text", "boolean": "boolean", "date": "date", "timestamp": "timestamp"}


def account_kinds(metrics: Iterable[str]) -> dict[str, Kind]:
    """Kinds of metrics and of the columns of an account.

    >>> kinds = account_kinds(["wau"])
    >>> kinds["wau"], kinds["plan"], kinds["renews_on"], kinds["strategic"]
    ('number', 'text', 'date', 'boolean')
    """
    kinds: dict[str, Kind] = dict.fromkeys((*FRAME_COLUMNS, "band", "tier_band"), "text")
    kinds |= dict.fromkeys((*FRAME_NUMBERS, *_NUMBERS, *metrics), "number")
    kinds |= dict.fromkeys(_YES_NO, "boolean")
    kinds |= dict.fromkeys(_DATES, "date")
    kinds["until"] = "timestamp"
    return kinds


def row_kinds(record: str) -> dict[str, Kind]:
    """Kinds of the columns of a record. Derived columns are not in it; personal ones may only be asked for null.

    >>> row_kinds("ticket")["opened_at"]
    'timestamp'
    """
    kinds: dict[str, Kind] = {"as_of": "date", "until": "timestamp", "source": "text", "known_at": "timestamp",
                              "effective_at": "timestamp"}
    if record == "event":
        kinds |= dict.fromkeys(EVENT_FLAGS, "boolean")
    return kinds | {column.name: _kind(column) for column in READABLE[record].columns}


def _kind(column: Column) -> Kind:
    return "any" if column.personal is not None else _KINDS[column.kind]
