"""The header of a table: named, unique, not too wide, and with what its source needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from holdfast.definitions.source import RecordMap, Source
from holdfast.errors.ingest import BadHeader, MissingColumns
from holdfast.records import RECORDS

from . import limits
from .header_drift import HeaderDrift


def check_header(names: Sequence[str], path: Path) -> tuple[str, ...]:
    """The trimmed names; BadHeader where one is empty or doubled, or there are too many.

    Empty names at the end are kept as ``column_7`` when they only come from trailing delimiters.
    """
    if len(names) > limits.MAX_COLUMNS:
        raise BadHeader(path=path, what=f"{len(names):,} columns, and at most {limits.MAX_COLUMNS:,} are read")
    trimmed = [name.strip().strip("\ufeff").strip() for name in names]
    if not any(trimmed):
        raise BadHeader(path=path, what="the header row is empty")
    for position, name in enumerate(trimmed, start=1):
        if not name:
            raise BadHeader(path=path, what=f"column {position} has no name")
    doubled = [name for name, count in Counter(trimmed).items() if count > 1]
    if doubled:
        raise BadHeader(path=path, what=f"the column {doubled[0]!r} stands twice in the header")
    return tuple(trimmed)


def compare(
    source: Source, format: str, columns: Sequence[str], delimiter: str, path: Path, optional: bool = False
) -> HeaderDrift:
    """What the file lacks or adds. MissingColumns where a column is lacking that no row can do without.

    ``optional`` says that rows may lack any column (JSON lines).
    """
    named = named_columns(source)
    missing = [name for name in named if name not in columns]
    needed_missing = [name for name in missing if named[name]]
    if needed_missing and not optional:
        raise MissingColumns(
            path=path, columns=", ".join(map(repr, needed_missing)), nearest=_nearest(needed_missing, columns)
        )
    extra_columns = tuple(name for name in columns if name not in named)
    return HeaderDrift(format, tuple(columns), tuple(missing), extra_columns, delimiter)


def named_columns(source: Source) -> dict[str, bool]:
    """The export's columns that ``source`` names, and whether a row can do without them (False: it can)."""
    named: dict[str, bool] = {}
    for record in source.records:
        for name, needed in _columns_of(record):
            named[name] = named.get(name, False) or needed
    for extra in (source.effective_at, source.received_at):
        if extra is not None and extra.column:
            named.setdefault(extra.column, False)
    return named


def _columns_of(record: RecordMap) -> list[tuple[str, bool]]:
    kind = RECORDS[record.record]
    found: list[tuple[str, bool]] = []
    for name, column in record.columns.items():
        declared = kind.by_name.get(name)
        needed = name in kind.key or (declared is not None and declared.required)
        if column.column is not None:
            found.append((column.column, needed))
        if column.expression is not None:
            found.extend((used, True) for used in sorted(column.expression.names))
        if column.lookup is not None:
            found.append((column.lookup.from_, needed))
    if record.where is not None:
        found.extend((used, True) for used in sorted(record.where.names))
    return found


def _nearest(missing: Sequence[str], columns: Sequence[str]) -> str:
    from rapidfuzz import process

    near = process.extractOne(missing[0], list(columns), score_cutoff=60)
    return f"; the nearest name is {near[0]!r}" if near else ""
