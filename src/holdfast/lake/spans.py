"""Which files may hold rows of a span of time: by their footers, without reading their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

Span = tuple[datetime, datetime]
"""The first moment and the one after the last, naive UTC."""


def touching(paths: Iterable[Path], column: str, spans: Sequence[Span]) -> list[Path]:
    """The files with a row group whose ``column`` may lie in one of ``spans``; a file that does not say, too."""
    return [path for path in paths if _touches(path, column, spans)]


def _touches(path: Path, column: str, spans: Sequence[Span]) -> bool:
    footer = pq.read_metadata(path)
    place = footer.schema.to_arrow_schema().names.index(column)
    for number in range(footer.num_row_groups):
        found = footer.row_group(number).column(place).statistics
        if found is None or not found.has_min_max:
            return True
        if any(found.min < end and found.max >= start for start, end in spans):
            return True
    return False
