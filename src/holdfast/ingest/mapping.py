"""From an export to typed rows: read, map, cast; each bad source row is set aside whole, with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from holdfast.definitions.source import Source

from .map_context import MapContext
from .mapped_chunk import MappedChunk, reject_table
from .mapper import Mapper
from .read_sql import open_sql
from .source_rows import SourceRows, open_source_file


def map_source_file(source: Source, file: Path, context: MapContext) -> Iterator[MappedChunk]:
    """The typed rows of one file of ``source``, chunk by chunk in file order.

    The first chunk carries the drift of the header; an empty file gives one chunk without rows. For a source
    of a database ``file`` is only the name under which its rows are filed; their lines are row numbers.
    """
    opened = open_source_file(source, file) if source.sql is None else open_sql(source, context.workspace)
    with opened as rows:
        yield from map_rows(source, rows, str(file), Path(file), context)


def map_rows(source: Source, rows: SourceRows, file: str, path: Path, context: MapContext) -> Iterator[MappedChunk]:
    """The typed rows of an opened export; ``file`` is the name under which they are filed."""
    mapper = Mapper(source, file, path, context, rows)
    empty = True
    try:
        for chunk in rows.chunks:
            yield mapper.map(chunk)
            empty = False
    finally:
        mapper.close()
    if empty:
        yield MappedChunk(file, 0, [], {}, reject_table([]), mapper.drift)
