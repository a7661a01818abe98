"""One file, or one query, of a source that is to be loaded, and its rows as they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from holdfast.definitions.source import Source
from holdfast.state import batch_ledger

from .ahead import Ahead
from .contents import Contents
from .map_context import MapContext
from .mapped_chunk import MappedChunk
from .mapping import map_source_file


@dataclass
class Reading:
    """``name`` is how the rows are filed; ``path`` is None for a query. To be closed, whether begun or not."""

    source: Source
    name: str
    path: Path | None
    context: Callable[[], MapContext]
    contents: Contents
    _chunks: Ahead[MappedChunk] | None = None

    @cached_property
    def content(self) -> str | None:
        """What tells the file apart; None where only its rows do."""
        return self.contents.of(self.path) if self.path else None

    def begin(self) -> Ahead[MappedChunk]:
        """The typed rows; reading begins with the first call."""
        if self._chunks is None:
            context = self.context()
            self._chunks = Ahead(lambda: self._mapped(context))
        return self._chunks

    def begin_early(self) -> None:
        """Begin to read before the file's turn, where the rows do not depend on what is loaded before them."""
        looks_up = any(c.lookup for record in self.source.records for c in record.columns.values())
        if self.path is None or looks_up:
            return
        try:
            known = batch_ledger.with_content(self.source.source, self.content or "")
        except OSError:
            return
        if not known:
            self.begin()

    def close(self) -> None:
        """Read no further."""
        if self._chunks is not None:
            self._chunks.close()

    def _mapped(self, context: MapContext) -> Iterator[MappedChunk]:
        for chunk in map_source_file(self.source, self.path or Path(self.name), context):
            yield replace(chunk, file=self.name)
