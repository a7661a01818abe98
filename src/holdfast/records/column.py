"""One column of a record: its kind, its unit, whether it is personal, and from when it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "decimal", "number", "boolean", "date", "timestamp", "json"]
Personal = Literal["person", "detail", "text"]


@dataclass(frozen=True, slots=True)
class Column:
    """A declared column.

    ``kind`` is the logical type: ``decimal`` is exact (18 digits, 6 after the point), ``number`` is a
    double that is only ever picked, never summed. ``personal`` says that the value is kept only in the
    vault: ``person`` for ids of people (``domain`` tells whose), ``detail`` for facts about one person,
    ``text`` for free text. ``holds_from`` names the column whose date must have passed before this
    column has a value at all. ``values`` closes the list of allowed texts. ``stored`` is the
    name in the lake where the declared one would clash with a column that every view has.

    >>> Column("user_id", "text", personal="person", domain="user").stored_name
    'user_key'
    >>> Column("csat", "decimal", holds_from="closed_at").stored_name
    'csat'
    """

    name: str
    kind: Kind = "text"
    about: str = ""
    unit: str | None = None
    personal: Personal | None = None
    domain: str | None = None
    holds_from: str | None = None
    values: tuple[str, ...] = ()
    required: bool = False
    stored: str | None = None

    @property
    def stored_name(self) -> str:
        """The name in the lake: personal columns are stored as the key of their vault row."""
        if self.personal is None:
            return self.stored or self.name
        return f"{self.name.removesuffix('_id')}_key"
