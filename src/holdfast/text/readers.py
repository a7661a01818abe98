"""Reads many texts: each once, however often it stands there, and by several processes where there are many."""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import TracebackType

from .reader import Reader, Reading
from .reading_process import ReadingProcess

MANY = 400_000
"""Characters of new texts at once from which several processes read them: starting those costs a third of a second."""
_BLOCK = 250
_SHORT = 300
_KEPT = 20_000


class Readers:
    """A reader that remembers short texts (subjects, thanks) and has help with many.

    ``with Readers(reader) as readers`` ends the helping processes; ``processes`` below 2 stands for none.
    """

    def __init__(self, reader: Reader, processes: int | None = None) -> None:
        self._reader = reader
        self._most = min(4, os.cpu_count() or 1) if processes is None else processes
        self._helpers: list[ReadingProcess] = []
        self._known: dict[str, Reading] = {}

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for helper in self._helpers:
            helper.end()
        self._helpers = []

    def read(self, texts: list[str]) -> list[Reading]:
        """The readings of the texts, in their order."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        found = self._known | dict(zip(new, self._read_new(new), strict=True))
        self._known = {text: found[text] for text in found if len(text) <= _SHORT} if len(found) <= _KEPT else {}
        return [found[text] for text in texts]

    def _read_new(self, texts: list[str]) -> list[Reading]:
        if self._most < 2 or sum(map(len, texts)) < MANY:
            return [self._reader.read(text) for text in texts]
        while len(self._helpers) < self._most:
            self._helpers.append(ReadingProcess(self._reader.names))
        return list(self._helped([texts[at:at + _BLOCK] for at in range(0, len(texts), _BLOCK)]))

    def _helped(self, blocks: list[list[str]]) -> Iterator[Reading]:
        """Readings in the order of the blocks; each helper has one block in hand."""
        count = len(self._helpers)
        for number, block in enumerate(blocks[:count]):
            self._helpers[number].send(block)
        for number in range(len(blocks)):
            helper = self._helpers[number % count]
            readings = helper.receive()
            if number + count < len(blocks):
                helper.send(blocks[number + count])
            yield from readings
