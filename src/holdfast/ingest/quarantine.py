"""Rows that were set aside: which there are, out to a file for correction, and back."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import pyarrow as pa

from holdfast.errors.batch import BadCorrections
from holdfast.lake import TEXTS, VAULT
from holdfast.state import batch_ledger

from .batch_files import QUARANTINE, QUARANTINE_SCHEMA
from .lake_rows import LakeRows
from .reason import HELP

COLUMNS = ("batch_id", "row", "file", "line", "reason", "column", "help", "raw")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_KINDS = ("text:", "hex:", "rows:")
_NUMBER = re.compile(r"[0-9]{1,18}")

Corrections = Mapping[tuple[str, int], str]
"""(batch id, row) -> the corrected raw text"""


def open_quarantine(con: duckdb.DuckDBPyConnection, there: LakeRows) -> str:
    """Make the table ``open_quarantine``: rows that are still set aside. Its name is returned."""
    moved = batch_ledger.moved()
    con.register("moved", pa.table({
        "batch_id": pa.array([b for b, _ in moved], pa.string()), "lid": pa.array([n for _, n in moved], pa.int64()),
    }))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE open_quarantine AS "
        f"SELECT * FROM ({there.relation(QUARANTINE, QUARANTINE_SCHEMA)}) "
        "ANTI JOIN moved USING (batch_id, lid)"
    )
    con.unregister("moved")
    return "open_quarantine"


def quarantined_rows(
    con: duckdb.DuckDBPyConnection, there: LakeRows, *, raw: bool = False, limit: int | None = None
) -> list[dict[str, Any]]:
    """The open rows in order of source, batch and line. ``raw`` adds the row as it came: personal data."""
    table = open_quarantine(con, there)
    more = f" LIMIT {int(limit)}" if limit is not None else ""
    value = "any_value(t.value)" if raw else "NULL"
    join = f"LEFT JOIN ({there.relation(TEXTS, VAULT)}) t ON t.key = q.raw_key" if raw else ""
    rows = con.execute(
        f'SELECT q.source, q.batch_id, q.lid AS "row", q.file, q.line, q.last_line, q.record, q."column", q.reason, '
        f"q.detail, q.account_id, {value} AS raw FROM {table} q {join} GROUP BY ALL "
        f"ORDER BY q.source, q.batch_id, q.lid{more}"
    ).to_arrow_table().to_pylist()
    return [{**row, "help": HELP[row["reason"]]} for row in rows]


def write_for_correction(rows: Sequence[Mapping[str, Any]], target: Path) -> int:
    """Write open rows, with their raw text, for somebody to correct the column ``raw``. Returns their number."""
    with open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "raw": shown(row["raw"] or "")})
    return len(rows)


def read_corrections(path: Path) -> Corrections:
    """The corrected rows of a file that ``write_for_correction`` made."""
    with open(path, "rb") as file:
        return corrections_in(file, str(path))


def corrections_in(file: BinaryIO, name: str) -> Corrections:
    """The corrected rows that ``file`` holds; BadCorrections, which calls it ``name``, where it cannot be used."""
    with TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        try:
            return _corrections(csv.DictReader(text), name)
        except UnicodeDecodeError:
            raise BadCorrections(path=name, what="the file is not text in UTF-8") from None
        except csv.Error as error:
            raise BadCorrections(path=name, what=f"the file is no CSV: {error}") from None


def _corrections(reader: csv.DictReader[str], name: str) -> Corrections:
    missing = {"batch_id", "row", "raw"} - set(reader.fieldnames or ())
    if missing:
        raise BadCorrections(path=name, what=f"the column {sorted(missing)[0]!r} is missing")
    found: dict[tuple[str, int], str] = {}
    for row in reader:
        number = row["row"] or ""
        if not _NUMBER.fullmatch(number):
            raise BadCorrections(path=name, what=f"{number[:40]!r} in the column row is not a number")
        key = row["batch_id"] or "", int(number)
        if key in found:
            raise BadCorrections(path=name, what=f"row {number} of batch {key[0][:40]} stands in it twice")
        found[key] = taken(row["raw"] or "")
    return found


def shown(raw: str) -> str:
    """A stored raw text as a spreadsheet cell: no formula, and no mark where none is needed.

    >>> shown("text:=1+1,a"), shown("text:a,b"), shown("hex:ff")
    ("'=1+1,a", 'a,b', 'hex:ff')
    """
    text = raw.removeprefix("text:")
    if raw.startswith("text:") and text.startswith(_KINDS):
        return raw
    return "'" + text if text.startswith(_FORMULA) else text


def taken(cell: str) -> str:
    """The stored form of a cell that ``shown`` made, possibly corrected.

    >>> taken(shown("text:=1+1,a")), taken("hex:ff")
    ('text:=1+1,a', 'hex:ff')
    """
    if cell.startswith("'") and cell[1:].startswith(_FORMULA):
        cell = cell[1:]
    return cell if cell.startswith(_KINDS) else "text:" + cell
