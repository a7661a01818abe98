"""The export's columns under names that SQL cannot stumble over."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from .sql_text import SPACE, literal


class RawColumns:
    """Export columns by name: ``c0``, ``c1``, ... in the table ``raw``, with their Arrow types.

    Texts stand there trimmed, in Unicode form NFC, and null where nothing is left; ``x0``, ``x1``, ... are
    the same texts exactly as they stand in the export.
    """

    def __init__(self, names: Sequence[str], types: Sequence[pa.DataType]) -> None:
        self.names = tuple(names)
        self.types = tuple(types)
        self._at = {name: i for i, name in enumerate(names)}

    def __contains__(self, name: str) -> bool:
        return name in self._at

    def position(self, name: str) -> int:
        """The place of the column, from 0."""
        return self._at[name]

    def typed(self, name: str) -> bool:
        """Whether the export gives values, not text, in this column."""
        return name in self._at and not pa.types.is_string(self.types[self._at[name]])

    def kind(self, name: str) -> pa.DataType:
        """The type of the column in the export."""
        return self.types[self._at[name]]

    def value(self, name: str) -> str:
        """SQL: the column as the export holds it, texts tidy."""
        return f"base.c{self._at[name]}"

    def text(self, name: str) -> str:
        """SQL: the column as tidy text; null where the export lacks the column."""
        if name not in self._at:
            return "CAST(NULL AS VARCHAR)"
        at, kind = self._at[name], self.types[self._at[name]]
        if pa.types.is_string(kind):
            return f"base.c{at}"
        if pa.types.is_nested(kind):
            return f"CAST(to_json(base.c{at}) AS VARCHAR)"
        return f"CAST(base.c{at} AS VARCHAR)"

    def free_text(self, name: str) -> str:
        """SQL: the column as text exactly as it stands."""
        return f"base.x{self._at[name]}" if name in self._at and not self.typed(name) else self.text(name)

    def attributes(self, names: Sequence[str]) -> str:
        """SQL: a JSON object of these columns, sorted by name, without empty ones; null where all are."""
        members = []
        for name in sorted(names):
            kind = self.types[self._at[name]]
            plain = pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_nested(kind)
            shown = f"to_json(base.c{self._at[name]})" if plain else f"to_json({self.text(name)})"
            key = literal(_json_text(name) + ":")
            members.append(f"CASE WHEN {self.text(name)} IS NULL THEN NULL ELSE {key} || CAST({shown} AS VARCHAR) END")
        if not members:
            return "CAST(NULL AS VARCHAR)"
        joined = f"concat_ws(',', {', '.join(members)})"
        return f"CASE WHEN {joined} = '' THEN NULL ELSE '{{' || {joined} || '}}' END"


def raw_table(table: pa.Table) -> pa.Table:
    """``table`` under the names of RawColumns, with ``_row`` from 0."""
    columns: dict[str, pa.ChunkedArray | pa.Array] = {"_row": pa.array(range(table.num_rows), pa.int64())}
    for number, column in enumerate(table.columns):
        columns[f"c{number}"] = column
        if pa.types.is_string(column.type):
            tidy = pc.utf8_normalize(pc.utf8_trim(column, SPACE), "NFC")
            columns[f"c{number}"] = pc.if_else(pc.equal(tidy, ""), pa.scalar(None, pa.string()), tidy)
            columns[f"x{number}"] = column
    return pa.table(columns)


def _json_text(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
