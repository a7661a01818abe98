"""A flat export as inputs of scoring: what was recognised, and the accounts' values on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from holdfast.errors.flat import FlatEmpty, FlatNothingToScore

from .flat_columns import Recognition, recognise
from .flat_numbers import evidence
from .flat_values import Reading, dates, numbers, scaled, shares, texts

TRAITS = ("account_id", "name", "owner", "segment", "mrr")
MONEY = ("mrr", "arr")
LINE = "_line"


@dataclass(frozen=True)
class FlatTable:
    """The accounts of a flat export. ``metrics``: values by metric; ``scales``: the scale of score columns."""

    as_of: date
    traits: Mapping[str, list[Any]]
    metrics: Mapping[str, list[float | None]]
    scales: Mapping[str, Mapping[str, Any]]
    sources: Mapping[str, str]
    recognition: Recognition
    notes: tuple[str, ...]
    refused: tuple[Mapping[str, Any], ...]


def read_flat(
    table: pa.Table, known: Mapping[str, Any], mapping: Mapping[str, str], as_of: date | None, place: str
) -> FlatTable:
    """Recognise the columns of ``table`` and read their values.

    Without ``as_of`` the newest date in the table is the day, and where there is none, today.
    """
    lines = table[LINE].to_pylist() if LINE in table.column_names else list(range(1, table.num_rows + 1))
    table = table.drop_columns([LINE]) if LINE in table.column_names else table
    if table.num_rows == 0:
        raise FlatEmpty(place=place)
    entries: Mapping[str, Mapping[str, Any]] = known["columns"]
    found = recognise(table.column_names, entries, mapping, place)
    reading = Reading(place, frozenset(str(e).casefold() for e in known["empty"]))
    cells = {entry: table[column].to_pylist() for entry, column in found.columns.items()}
    kept = _rows_with_an_id(cells["account_id"], lines, found.columns["account_id"], reading)
    cells = {entry: [column[i] for i in kept] for entry, column in cells.items()}
    proofs = [evidence(texts(c, reading)) for e, c in cells.items() if entries[e]["kind"] not in ("text", "date")]
    reading.decimal = "," if {","} == set().union(*proofs) else "."
    values, scales = _values(cells, entries, found, reading)
    day = as_of or max((d for e, c in values.items() if entries[e]["kind"] == "date" for d in c if d), default=None)
    day = day or date.today()
    sources = _becoming(values, entries, found, day, reading)
    metrics = {e: v for e, v in values.items() if e not in TRAITS and not entries[e].get("part")}
    metrics = {e: v for e, v in metrics.items() if not entries[e].get("becomes")}
    if not metrics:
        wanted = [e for e in entries if e not in TRAITS and not entries[e].get("part")]
        raise FlatNothingToScore(place=place, columns=", ".join(table.column_names), metrics=", ".join(wanted))
    refused = [{**r, "line": lines[kept[r["row"]]] if "row" in r else r["line"]} for r in reading.refused]
    traits = {t: values.get(t) or [None] * len(kept) for t in TRAITS}
    return FlatTable(day, traits, metrics, scales, sources, found, (*found.notes, *reading.notes), tuple(refused))


def _rows_with_an_id(ids: list[Any], lines: list[int], column: str, reading: Reading) -> list[int]:
    """Indices of the rows that are kept: with an id, each id once."""
    kept, seen = [], set()
    for index, cell in enumerate(ids):
        name = "" if reading.blank(cell) else str(cell).strip()
        if not name or name in seen:
            why = "no account id" if not name else "the account stands in the table twice; the first row counts"
            reading.refused.append({"line": lines[index], "column": column, "value": name, "reason": why})
            continue
        seen.add(name)
        kept.append(index)
    if not kept:
        raise FlatEmpty(place=reading.place)
    return kept


def _values(
    cells: Mapping[str, list[Any]], entries: Mapping[str, Mapping[str, Any]], found: Recognition, reading: Reading
) -> tuple[dict[str, list[Any]], dict[str, Mapping[str, Any]]]:
    values: dict[str, list[Any]] = {}
    scales: dict[str, Mapping[str, Any]] = {}
    for entry, column in cells.items():
        name, fields = found.columns[entry], entries[entry]
        match fields["kind"]:
            case "text":
                values[entry] = [None if reading.blank(c) else str(c).strip() for c in column]
            case "date":
                values[entry] = dates(name, column, reading)
            case "share":
                values[entry] = shares(name, column, reading)
            case "score":
                values[entry], scales[entry] = scaled(name, column, reading, fields["scales"])
            case _:
                values[entry] = numbers(name, column, reading, None if entry in MONEY else 0.0)
    return values, scales


def _becoming(
    values: dict[str, list[Any]],
    entries: Mapping[str, Mapping[str, Any]],
    found: Recognition,
    day: date,
    reading: Reading,
) -> dict[str, str]:
    """Fill what other columns give: days from dates, a month from a year, a share from part and whole."""
    sources = dict(found.columns)
    for entry in list(values):
        fields = entries[entry]
        target = fields.get("becomes")
        if target is None or target in values:
            continue
        if fields["kind"] == "date":
            values[target] = [None if d is None or d > day else float((day - d).days) for d in values[entry]]
        else:
            factor = float(fields.get("factor", 1))
            values[target] = [None if v is None else v * factor for v in values[entry]]
        sources[target] = found.columns[entry]
    for entry, fields in entries.items():
        made = fields.get("from")
        if made and entry not in values and made["part"] in values and made["whole"] in values:
            pairs = zip(values[made["part"]], values[made["whole"]], strict=True)
            values[entry] = [p / w if p is not None and w else None for p, w in pairs]
            sources[entry] = f"{found.columns[made['part']]} / {found.columns[made['whole']]}"
    return sources
