"""What one type of record is: its columns, its key, and how its rows change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from .column import Column


@dataclass(frozen=True, eq=False)
class RecordType:
    """A declared record type.

    ``append`` types are facts that never change (event, message); all others are versioned: a changed
    row is a new version of the same key. ``dated_by`` names the columns, in order of preference, whose
    date is the day the row came into being: it is not visible at any earlier as-of day. A type without
    one is carried back from its first version, which is marked as assumed.

    >>> from holdfast.records import TICKET
    >>> TICKET.key, TICKET.append, TICKET.dated_by
    (('ticket_id',), False, ('opened_at',))
    """

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    append: bool = False
    dated_by: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """Columns by their declared name."""
        return MappingProxyType({c.name: c for c in self.columns})

    @cached_property
    def stored_key(self) -> tuple[str, ...]:
        """The key in the names of the lake."""
        return tuple(self.by_name[name].stored_name for name in self.key)

    def column(self, name: str) -> Column:
        """The column called ``name``; KeyError if there is none."""
        return self.by_name[name]
