"""Events in few bytes: ids of hex digits as bytes, and no load time where it equals the event's own.

The table ``event`` holds three things differently from ``stored_schema``; readers get the plain form back:
``event_id`` is empty where ``event_id_bytes`` holds a hex or UUID text by the form that ``event_id_form`` names
(of an id made from the row's content it keeps the ordinal), and an empty ``known_at`` is ``occurred_at``.
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.records import RecordType

from .stored import stored_schema

FORM, BYTES = "event_id_form", "event_id_bytes"
EXTRA = pa.schema([(FORM, pa.string()), (BYTES, pa.binary())])
_UUID = (8, 4, 4, 4, 12)
_MARKS = {"event_id", "occurred_at", "known_at"}


@ibis.udf.scalar.builtin(name="hex")  # type: ignore[untyped-decorator]
def _hex(value: dt.binary) -> dt.string:
    """The bytes as hex digits in capitals, which both engines know by this name."""
    raise NotImplementedError


def packs(record: RecordType) -> bool:
    """Whether rows of the record are packed."""
    return record.name == "event"


def physical_schema(record: RecordType) -> pa.Schema:
    """The Arrow schema of the files of ``record``."""
    schema = stored_schema(record)
    return pa.schema([*schema, *EXTRA]) if packs(record) else schema


def readable_schema(schema: pa.Schema) -> pa.Schema:
    """What to read from files so that ``given_back`` can make ``schema`` of it."""
    return pa.schema([*schema, *(f for f in EXTRA if f.name not in schema.names)]) if _packed(schema) else schema


def given_back(table: ir.Table, schema: pa.Schema) -> ir.Table:
    """``table`` with ids and load times in their plain form, where ``schema`` is that of events."""
    if not _packed(schema) or not {FORM, BYTES} <= set(table.columns):
        return table
    digits = _hex(table[BYTES])
    small, form = digits.lower(), table[FORM]
    return table.mutate(
        event_id=ibis.cases(
            (form == "hex", small), (form == "HEX", digits), (form == "uuid", _dashed(small)),
            (form == "UUID", _dashed(digits)),
            (form == "row", ibis.literal("row:") + small + "-" + table.event_id), else_=table.event_id,
        ),
        known_at=table.known_at.fill_null(table.occurred_at),
    )


def packed_sql(query: str) -> str:
    """SQL that packs the rows of ``query``, which are in stored form."""
    bare = "replace(event_id, '-', '')"
    return (
        f"SELECT * EXCLUDE (_form) REPLACE (CASE WHEN _form = 'row' THEN substr(event_id, 22) "
        f"WHEN _form IS NULL THEN event_id END AS event_id, nullif(known_at, occurred_at) AS known_at), "
        f"_form AS {FORM}, CASE _form WHEN 'row' THEN unhex(substr(event_id, 5, 16)) "
        f"WHEN 'uuid' THEN unhex({bare}) WHEN 'UUID' THEN unhex({bare}) "
        f"WHEN 'hex' THEN unhex(event_id) WHEN 'HEX' THEN unhex(event_id) END AS {BYTES} "
        f"FROM (SELECT *, {_form_sql()} AS _form FROM ({query}))"
    )


def given_back_sql(column: str) -> str:
    """SQL of one stored column of events over the columns of their files."""
    if column == "known_at":
        return "coalesce(known_at, occurred_at) AS known_at"
    if column != "event_id":
        return f'"{column}"'
    return (
        f"CASE {FORM} WHEN 'hex' THEN lower(hex({BYTES})) WHEN 'HEX' THEN hex({BYTES}) "
        f"WHEN 'uuid' THEN {_dashed_sql(f'lower(hex({BYTES}))')} WHEN 'UUID' THEN {_dashed_sql(f'hex({BYTES})')} "
        f"WHEN 'row' THEN 'row:' || lower(hex({BYTES})) || '-' || event_id ELSE event_id END AS event_id"
    )


def _packed(schema: pa.Schema) -> bool:
    return set(schema.names) >= _MARKS


def _form_sql() -> str:
    dashes = "-".join(f"[0-9a-f]{{{n}}}" for n in _UUID)
    return (
        "CASE length(event_id) WHEN 32 THEN CASE WHEN regexp_full_match(event_id, '[0-9a-f]{32}') THEN 'hex' "
        "WHEN regexp_full_match(event_id, '[0-9A-F]{32}') THEN 'HEX' END "
        f"WHEN 36 THEN CASE WHEN regexp_full_match(event_id, '{dashes}') THEN 'uuid' "
        f"WHEN regexp_full_match(event_id, '{dashes.replace('a-f', 'A-F')}') THEN 'UUID' END "
        "ELSE CASE WHEN starts_with(event_id, 'row:') AND regexp_full_match(event_id, 'row:[0-9a-f]{16}-[0-9]+') "
        "THEN 'row' END END"
    )


def _starts() -> list[tuple[int, int]]:
    return [(sum(_UUID[:n]), length) for n, length in enumerate(_UUID)]


def _dashed(digits: ir.StringValue) -> ir.StringValue:
    first, *others = (digits.substr(start, length) for start, length in _starts())
    for part in others:
        first = first + "-" + part
    return first


def _dashed_sql(digits: str) -> str:
    return " || '-' || ".join(f"substr({digits}, {start + 1}, {length})" for start, length in _starts())
