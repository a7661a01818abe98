"""What a reader hands over: rows as they stand in the export, with their lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pyarrow as pa

from .reason import Reason


@dataclass(frozen=True, slots=True)
class RawReject:
    """A source row that could not be split into fields, or whose values could not be cast."""

    line: int
    last_line: int
    reason: Reason
    detail: str
    raw: bytes
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class RawChunk:
    """Rows of one stretch of a file.

    ``table`` has the export's columns in their order; ``lines`` and ``last_lines`` (int64 arrays, one
    entry a row) say where each row stands, counted from 1; sources without lines count rows.
    ``raw(i)`` gives the bytes of row i, in UTF-8 whatever the encoding of the file. ``rows_in`` counts
    the rows of the stretch, bad ones included.
    """

    table: pa.Table
    lines: pa.Array
    last_lines: pa.Array
    raw: Callable[[int], bytes]
    rejects: list[RawReject] = field(default_factory=list)

    @property
    def rows_in(self) -> int:
        """Rows of this stretch, good and bad."""
        return int(self.table.num_rows) + len(self.rejects)


def text_column(table: pa.Table, index: int) -> bool:
    """Whether the column holds text as written, not typed values."""
    kind = table.schema.field(index).type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind))
