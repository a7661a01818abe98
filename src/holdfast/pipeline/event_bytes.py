"""How many bytes of events a run reads, and for what."""

from __future__ import annotations

from holdfast.lake import Lake
from holdfast.records import EVENT


class EventBytes:
    """Bytes of the files of the table ``event`` that were opened, by what for; a file counts whole, each time."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._before = lake.read[EVENT.name]
        self.found: dict[str, int] = {}

    def so_far(self, purpose: str) -> None:
        """What was read since the last call was for ``purpose``."""
        read = self._lake.read[EVENT.name]
        self.found[purpose] = self.found.get(purpose, 0) + read - self._before
        self._before = read
