"""A source: how the columns of an export become records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from .expression import Expression
from .model import Definition


class Lookup(Definition):
    """Fetch ``take`` from the newest version of ``record`` whose ``by`` column equals ``from_`` column."""

    record: str
    by: str
    take: str
    from_: str


def _as_text(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_as_text)]
"""A text that may look like true or false, as in a value map."""


class ColumnMap(Definition):
    """How one record column is filled. Exactly one of column, value, expression, lookup.

    ``account_id: Customer`` is short for ``account_id: {column: Customer}``.
    """

    column: str | None = None
    value: Text | None = None
    expression: Expression | None = None
    lookup: Lookup | None = None
    format: str | None = None
    """strptime format of dates; ``iso`` (default) accepts ISO 8601 only; ``unix`` and ``unix_ms`` count."""
    decimal: Literal[".", ","] | None = None
    map: Mapping[Text, Text] | None = None
    """value map after trimming; a value without an entry is quarantined unless ``otherwise`` is given"""
    otherwise: Text | None = None
    empty: tuple[Text, ...] = ()
    """texts that mean no value, besides the empty text"""
    unit_factor: float | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return {"column": data} if isinstance(data, str) else data


class RecordMap(Definition):
    """One record from each row that passes ``where``. ``columns`` maps record columns to the export's."""

    record: str
    columns: Mapping[str, ColumnMap]
    where: Expression | None = None
    attributes: bool = True
    """keep unmapped columns as attributes where the record has such a column"""


class Sql(Definition):
    """A table or query of PostgreSQL, SQLite or DuckDB. ``url_env`` names the variable with the address."""

    url: str | None = None
    url_env: str | None = None
    table: str | None = None
    query: str | None = None


class Source(Definition):
    """A source of records. ``files`` is a path or glob below the workspace (or absolute)."""

    source: str
    files: str | None = None
    sql: Sql | None = None
    format: Literal["csv", "jsonl", "parquet", "xlsx"] | None = None
    mode: Literal["delta", "snapshot"] = "delta"
    known_at: Literal["loaded", "occurred_at", "effective_at"] = "loaded"
    encoding: str | None = None
    delimiter: str | None = None
    decimal: Literal[".", ","] = "."
    date_format: str = "iso"
    time_zone: str | None = None
    """zone of naive times in the export; the workspace's by default"""
    sheet: str | None = None
    effective_at: ColumnMap | None = None
    received_at: ColumnMap | None = None
    """when the server received an event: with ``sent_at`` it corrects the clock of the sending device"""
    personal: tuple[str, ...] = ()
    """unmapped columns that hold personal data: they go to the vault, not to attributes"""
    aliases: Mapping[str, str] = {}
    """account ids of this source -> ids of the company"""
    records: tuple[RecordMap, ...]
    hold_above: float | None = None
