"""Something odd in the data: what, how often, of how many, and examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

EXAMPLES = 5


@dataclass(frozen=True)
class DataFinding:
    """``count`` of ``of`` rows (or accounts, ids, scale points, as ``what`` says). Examples name ids or lines.

    >>> DataFinding("x", "tickets without a date", "ticket", 2, 8).share
    0.25
    """

    id: str
    what: str
    record: str
    count: int
    of: int
    examples: Sequence[str] = ()
    dimension: str = "consistency"

    @property
    def share(self) -> float:
        """Count over all."""
        return self.count / self.of if self.of else 0.0

    def as_dict(self) -> dict[str, Any]:
        """The finding as the quality document shows it."""
        return {
            "id": self.id, "what": self.what, "record": self.record, "count": self.count, "of": self.of,
            "examples": list(self.examples),
        }
