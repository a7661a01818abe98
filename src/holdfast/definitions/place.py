"""Where a value stands in a definition file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """File, line and column of a value; lines and columns count from 1.

    >>> str(Place("scorecards/health.yml", 12, 5))
    'scorecards/health.yml:12:5'
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])
