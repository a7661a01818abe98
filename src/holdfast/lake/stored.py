"""The stored form of records: declared columns, personal ones replaced by keys, and lineage."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from holdfast.records import Kind, RecordType

ARROW: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.decimal128(18, 6),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "json": pa.string(),
}
"""Arrow type of each kind of column. Timestamps are naive UTC."""

LINEAGE = pa.schema([
    ("source", pa.string()),
    ("batch_id", pa.string()),
    ("known_at", pa.timestamp("us")),
    ("effective_at", pa.timestamp("us")),
    ("deleted", pa.bool_()),
    ("row_hash", pa.int64()),
    ("file", pa.string()),
    ("line", pa.int64()),
])

VAULT = pa.schema([
    ("key", pa.int64()),
    ("record", pa.string()),
    ("column", pa.string()),
    ("value", pa.string()),
    ("owner", pa.int64()),
    ("account_id", pa.string()),
    ("batch_id", pa.string()),
    ("known_at", pa.timestamp("us")),
])
"""Form of the tables ``persons`` and ``texts``, the only ones that hold personal values."""

PERSONS, TEXTS = "persons", "texts"
ROLLUP = "rollup_"
"""Tables whose names begin so hold events by day, for one set of definitions each. Besides what metrics ask
for they have ``account_id``, ``source``, ``day``, ``known_day``, ``_rows`` (events), ``_timed`` (those that
carry a time of day) and ``_made``, by which rows of a day that were made anew replace the earlier ones."""


@cache
def stored_schema(record: RecordType) -> pa.Schema:
    """The Arrow schema of the lake table of ``record``."""
    fields = [
        pa.field(c.stored_name, pa.int64() if c.personal else ARROW[c.kind]) for c in record.columns
    ]
    return pa.schema([*fields, *LINEAGE])
