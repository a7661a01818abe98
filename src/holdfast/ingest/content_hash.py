"""One 64-bit number for the content of a row, the same on every machine and version."""

from __future__ import annotations

from collections.abc import Sequence

_OFFSET = 9_223_372_036_854_775_808


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
