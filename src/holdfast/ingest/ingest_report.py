"""What one ingest did: each batch with its row account, and what needs somebody's eye."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .batch import BatchOutcome
from .replay import ReplayOutcome


@dataclass(frozen=True)
class Refusal:
    """A source or file that could not be read at all, and why."""

    source: str
    file: str
    words: dict[str, str]


@dataclass(frozen=True)
class IngestReport:
    """What one ingest did.

    ``drift`` lists, by source and file, named columns that the file lacks, and columns that came or went.
    ``no_files`` are sources of which no file came yet, and nobody said that one should.
    """

    batches: tuple[BatchOutcome, ...] = ()
    refused: tuple[Refusal, ...] = ()
    replays: tuple[ReplayOutcome, ...] = ()
    unresolved: int = 0
    drift: tuple[dict[str, Any], ...] = field(default=())
    no_files: tuple[str, ...] = ()

    @property
    def held(self) -> tuple[BatchOutcome, ...]:
        """Batches above the hold limit: nothing of them entered."""
        return tuple(b for b in self.batches if b.state == "held")

    @property
    def good(self) -> bool:
        """Whether nothing was held or refused."""
        return not self.held and not self.refused

    @property
    def changed(self) -> bool:
        """Whether any row was added to the lake."""
        return any(b.state == "committed" for b in self.batches) or any(r.kept for r in self.replays)
