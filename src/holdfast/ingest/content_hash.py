"""One 64-bit number for the content of a row, the same on every machine and version."""

from __future__ import annotations

from collections.abc import Sequence

from holdfast.records import RecordType

_OFFSET = 9_223_372_036_854_775_808


PLAIN = "_plain"
"""staged beside each row: a number made of its personal values alone, the same in every workspace"""
ALIASED = ("account_id", "parent_id")
"""columns that aliases may rewrite; they count in the row hash, but not in the content hash"""


def row_hash_sql(record: RecordType) -> str:
    """SQL of the hash over a row in stored form, where keys stand for personal values: it tells nothing."""
    return content_hash_sql([c.stored_name for c in record.columns])


def tie_hash_sql(record: RecordType) -> str:
    """SQL of the hash by which rows of one id are ranked: the same in every workspace, whatever its secret."""
    names = [c.stored_name for c in record.columns if not c.personal and c.name not in ALIASED]
    return content_hash_sql([*names, PLAIN])


def content_hash_sql(columns: Sequence[str]) -> str:
    """SQL for the hash over ``columns``. Nulls leave no trace, so a column added later changes no hash.

    Each value stands with its name and length, so that no two rows read alike.

    >>> import duckdb
    >>> rows = "(VALUES ('x', NULL), ('x', NULL), (NULL, 'x')) AS t(a, b)"
    >>> hashes = duckdb.sql(f"SELECT {content_hash_sql(['a', 'b'])} FROM {rows}").fetchall()
    >>> hashes[0] == hashes[1], hashes[0] == hashes[2]
    (True, False)
    """
    parts = ", ".join(_part(name) for name in columns)
    return signed(f"md5_number_lower(concat_ws(chr(31), '', {parts}))" if parts else "md5_number_lower('')")


def signed(unsigned: str) -> str:
    """SQL of an unsigned 64-bit number as a signed one.

    >>> signed("x")
    '(x::HUGEINT - 9223372036854775808::HUGEINT)::BIGINT'
    """
    return f"({unsigned}::HUGEINT - {_OFFSET}::HUGEINT)::BIGINT"


def quoted(name: str) -> str:
    """An identifier in SQL.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def text_literal(value: str) -> str:
    """A text in SQL.

    >>> text_literal("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def _part(name: str) -> str:
    value = f"{quoted(name)}::VARCHAR"
    return f"{text_literal(name + '=')} || strlen({value}) || ':' || {value}"
