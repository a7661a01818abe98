"""The view ``text_mark``: each text of a customer with what the run read in it, versions and lineage as stored."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.records import INTERACTION, MESSAGE, NOTE, READABLE, SURVEY_RESPONSE, TEXT_MARK, TICKET, RecordType
from holdfast.records.text_mark import MENTIONS

from .stored import LINEAGE, stored_schema

TEXT_MARKS = "text_marks"
MARKS = pa.schema([
    ("key", pa.int64()),
    ("reader", pa.string()),
    ("language", pa.string()),
    ("mood", pa.decimal128(18, 6)),
    ("mentions", pa.list_(pa.struct([("kind", pa.string()), ("start", pa.int64()), ("end", pa.int64())]))),
])
"""Key of the text in the vault; version of the reader; mood from -1 to 1; offsets of characters in the text."""


def without_table(tables: Collection[str]) -> list[str]:
    """The records of which none of ``tables`` holds a row: marks of texts lie in a table of another name.

    >>> "ticket" in without_table(["ticket"]), TEXT_MARK.name in without_table([TEXT_MARKS])
    (False, False)
    """
    return [name for name in READABLE if (TEXT_MARKS if name == TEXT_MARK.name else name) not in tables]


@dataclass(frozen=True)
class Told:
    """A column of a record that holds what a customer wrote or said; ``dates``: when, the first that is there."""

    record: RecordType
    column: str
    channel: str
    dates: tuple[str, ...]


TOLD = (
    Told(TICKET, "subject", "ticket", ("opened_at",)),
    Told(TICKET, "text", "ticket", ("opened_at",)),
    Told(MESSAGE, "text", "message", ("sent_at",)),
    Told(SURVEY_RESPONSE, "comment", "survey", ("answered_at", "asked_at")),
    Told(INTERACTION, "text", "interaction", ("held_at", "scheduled_at", "booked_at")),
    Told(NOTE, "text", "note", ("at",)),
)


def text_mark_rows(rows_of: Callable[[str], ir.Table], marks: ir.Table) -> ir.Table:
    """The rows of the view in stored form, one a version of a text; our own messages are not in it.

    A version without a text stays where another version of the same row has one, so that it ends that one.
    """
    whole = ibis.union(*(_texts(rows_of(told.record.name), told) for told in TOLD))
    joined = whole.left_join(_read(marks), [("text_key", "key")])
    return joined.select(stored_schema(TEXT_MARK).names)


def _texts(rows: ir.Table, told: Told) -> ir.Table:
    record = told.record
    key = record.column(told.column).stored_name
    if record is MESSAGE:
        rows = rows.filter(rows.direction.fill_null("inbound") != "outbound")
    of_row = ibis.window(group_by=["source", *record.stored_key])
    rows = rows.filter(rows[key].notnull() if record.append else rows[key].max().over(of_row).notnull())
    contact = rows.contact_key if "contact_id" in record.by_name else ibis.null("int64")
    dates = [rows[record.column(name).stored_name] for name in told.dates]
    parts = [ibis.literal(f"{record.name}:"), rows[record.stored_key[0]], ibis.literal(f":{told.column}")]
    return rows.select(
        mark_id=parts[0] + parts[1] + parts[2],
        account_id=rows.account_id,
        contact_key=contact,
        occurred_at=ibis.coalesce(*dates),
        channel=ibis.literal(told.channel),
        text_key=rows[key],
        **{name: rows[name] for name in LINEAGE.names},
    )


def _read(marks: ir.Table) -> ir.Table:
    """The marks with a column a kind of mention; nothing but the language where that is unknown."""
    known = marks.language == "en"
    kinds = marks.mentions.map(lambda one: one.kind)
    spans = marks.mentions.map(lambda one: one.kind + ":" + one.start.cast("string") + "-" + one.end.cast("string"))
    return marks.select(
        "key", "language", "mood",
        **{kind: ibis.ifelse(known, kinds.contains(kind), ibis.null("boolean")) for kind in MENTIONS},
        spans=ibis.literal(" ").join(spans).nullif(""),
    )
