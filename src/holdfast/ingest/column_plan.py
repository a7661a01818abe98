"""How one record column is made: the SQL of its text, of its value and of what can be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import pyarrow as pa

from holdfast.definitions.source import ColumnMap, Source
from holdfast.records import Column

from .cast import Cast
from .cast_boolean import cast_boolean
from .cast_json import cast_json
from .cast_number import cast_number, typed_integer
from .cast_text import cast_text
from .cast_time import cast_time, typed_time
from .raw_columns import RawColumns
from .sql_text import literal


@dataclass(frozen=True)
class ColumnPlan:
    """SQL for one column. ``text`` reads the base table, the other parts read the text column ``alias``.

    ``origin`` is the export's column, empty for constants; ``lookup`` the number of the lookup table.
    """

    column: Column
    alias: str
    origin: str
    text: str
    problem: str
    cast: Cast
    needed: bool
    lookup: int | None = None

    @property
    def reason(self) -> str:
        """SQL: the first thing that is wrong with the value, null for a good one."""
        missing = f"CASE WHEN {self.alias} IS NULL THEN 'missing_required' END" if self.needed else "NULL"
        return f"coalesce({self.alias}p, {self.cast.reason}, {missing})"


def column_plan(
    column: Column,
    map: ColumnMap,
    source: Source,
    raw: RawColumns,
    alias: str,
    needed: bool,
    expression: str | None,
    lookup: int | None,
) -> ColumnPlan:
    """The plan of one column. ``expression`` is the base column that holds the map's expression."""
    decimal, format = map.decimal or source.decimal, map.format or source.date_format
    if map.value is not None:
        text, origin, decimal = f"nullif({literal(map.value.strip())}, '')", "", "."
    elif expression is not None:
        text, origin, decimal, format = f"nullif(trim(CAST({expression} AS VARCHAR)), '')", "", ".", "iso"
    elif lookup is not None and map.lookup is not None:
        text, origin, decimal, format = f"l{lookup}.value", map.lookup.from_, ".", "iso"
    else:
        origin = map.column or ""
        text = raw.text(origin)
        if raw.typed(origin):
            decimal = "."
            format = format if format.startswith("unix") else "iso"
    if origin and expression is None and lookup is None and (typed := _typed(column, map, raw, alias, format)):
        return ColumnPlan(column, alias, origin, raw.value(origin), "NULL", typed, needed)
    text, problem = _mapped(_cleaned(text, map), map)
    if origin and column.personal == "text" and map.map is None and lookup is None:
        text = f"CASE WHEN {text} IS NOT NULL THEN {raw.free_text(origin)} END"
    if lookup is not None and map.lookup is not None:
        key = raw.text(map.lookup.from_)
        problem = f"CASE WHEN {key} IS NOT NULL AND l{lookup}.key IS NULL THEN 'unresolved' END"
    kind = _cast(alias, column, decimal, format, map.unit_factor)
    return ColumnPlan(column, alias, origin, text, problem, kind, needed, lookup)


def _typed(column: Column, map: ColumnMap, raw: RawColumns, alias: str, format: str) -> Cast | None:
    """The cast of a column whose values are taken as they are, without a way through text; None for others."""
    if not raw.typed(map.column or "") or map.map or map.otherwise or map.empty or map.unit_factor is not None:
        return None
    kind = raw.kind(map.column or "")
    if pa.types.is_integer(kind) and column.kind in ("integer", "decimal", "number"):
        return typed_integer(alias, column.kind)
    fine = pa.types.is_timestamp(kind) and kind.unit in ("s", "ms", "us")
    if fine and column.kind == "timestamp" and not format.startswith("unix"):
        return typed_time(alias, kind.tz is not None)
    return None


def _cleaned(text: str, map: ColumnMap) -> str:
    if not map.empty:
        return text
    words = ", ".join(literal(word.strip()) for word in map.empty)
    return f"CASE WHEN {text} IN ({words}) THEN NULL ELSE {text} END"


def _mapped(text: str, map: ColumnMap) -> tuple[str, str]:
    """The text through the value map, and SQL that finds values without an entry."""
    if map.map is None:
        return (text if map.otherwise is None else f"coalesce({text}, {literal(map.otherwise)})"), "NULL"
    key = f"coalesce({text}, '')"
    cases = " ".join(f"WHEN {literal(a)} THEN nullif({literal(b)}, '')" for a, b in map.map.items())
    if map.otherwise is not None:
        return f"CASE {key} {cases} ELSE nullif({literal(map.otherwise)}, '') END", "NULL"
    known = ", ".join(literal(a) for a in ["", *map.map])
    return f"CASE {key} {cases} END", f"CASE WHEN {key} NOT IN ({known}) THEN 'not_in_list' END"


def _cast(text: str, column: Column, decimal: str, format: str, factor: float | None) -> Cast:
    sign = cast("Literal['.', ',']", decimal)
    match column.kind:
        case "integer" | "decimal" | "number":
            return cast_number(text, column.kind, sign, factor)
        case "boolean":
            return cast_boolean(text)
        case "date" | "timestamp":
            return cast_time(text, format)
        case "json":
            return cast_json(text)
        case _:
            return cast_text(text, column)
