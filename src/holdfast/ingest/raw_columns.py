"""The export's columns under names that SQL cannot stumble over."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from .sql_text import literal


class RawColumns:
    """Export columns by name: ``c0``, ``c1``, ... in the table ``raw``, with their Arrow types."""

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

    def text(self, name: str) -> str:
        """SQL: the column as text, exactly as it stands; null where the export lacks the column."""
        if name not in self._at:
            return "CAST(NULL AS VARCHAR)"
        at, kind = self._at[name], self.types[self._at[name]]
        if pa.types.is_string(kind):
            return f"base.c{at}"
        if pa.types.is_nested(kind):
            return f"CAST(to_json(base.c{at}) AS VARCHAR)"
        return f"CAST(base.c{at} AS VARCHAR)"

    def attributes(self, names: Sequence[str]) -> str:
        """SQL: a JSON object of these columns, sorted by name, without empty ones; null where all are."""
        members = []
        for name in sorted(names):
            kind = self.types[self._at[name]]
            plain = pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_nested(kind)
            shown = f"to_json(base.c{self._at[name]})" if plain else f"to_json({self.text(name)})"
            key = literal(_json_text(name) + ":")
            empty = f"nullif(trim({self.text(name)}), '') IS NULL"
            members.append(f"CASE WHEN {empty} THEN NULL ELSE {key} || CAST({shown} AS VARCHAR) END")
        if not members:
            return "CAST(NULL AS VARCHAR)"
        joined = f"concat_ws(',', {', '.join(members)})"
        return f"CASE WHEN {joined} = '' THEN NULL ELSE '{{' || {joined} || '}}' END"


def _json_text(name: str) -> str:
    import json

    return json.dumps(name, ensure_ascii=False)
