"""How the rows of append types lie in their files: month partitions, each in one order, in small row groups."""

from __future__ import annotations

import pyarrow as pa

from holdfast.records import RecordType

from .packed import BYTES, packs

MONTH = "month"


def parquet(schema: pa.Schema) -> str:
    """How DuckDB writes the files of the lake: times and lines as differences, ids without their lengths.

    Version 2 splits the bytes of floating numbers, which Spark does not read: files with such columns have version 1.

    >>> "VERSION v1" in parquet(pa.schema([("rate", pa.float64())]))
    True
    >>> "VERSION v2" in parquet(pa.schema([("line", pa.int64())]))
    True
    """
    version = 1 if any(pa.types.is_floating(kind) for kind in schema.types) else 2
    return f"FORMAT parquet, PARQUET_VERSION v{version}, COMPRESSION zstd, ROW_GROUP_SIZE 32768"


def append_order(record: RecordType) -> str:
    """SQL of the order in the files of an append type: UTC day, account, person, time, then what tells rows.

    A day is found through the statistics of the row groups, and in a day an account.
    """
    moment = _quoted(record.dated_by[0])
    people = [_quoted(c.stored_name) for c in record.columns if c.personal == "person"]
    key = [*map(_quoted, record.stored_key), *([BYTES] if packs(record) else [])]
    return ", ".join([f"{moment}::DATE", "account_id", *people, moment, "line", *key, "batch_id"])


def _quoted(name: str) -> str:
    return f'"{name}"'
