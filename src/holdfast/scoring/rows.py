"""The four tables of a few accounts as plain rows: what explanations read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from .score import Scored

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ScoredRows:
    """Rows of one account on one day, all dials."""

    scores: tuple[Row, ...]
    components: tuple[Row, ...]
    points: tuple[Row, ...]
    adjustments: tuple[Row, ...]

    def dial(self, dial: str) -> ScoredRows:
        """The rows of one dial."""
        return ScoredRows(*(tuple(r for r in rows if r["dial"] == dial) for rows in self._all()))

    def account(self, account_id: str) -> ScoredRows:
        """The rows of one account."""
        return ScoredRows(*(tuple(r for r in rows if r["account_id"] == account_id) for rows in self._all()))

    def _all(self) -> tuple[tuple[Row, ...], ...]:
        return self.scores, self.components, self.points, self.adjustments


def fetch(scored: Scored) -> ScoredRows:
    """Run the four queries; for a handful of accounts."""
    return ScoredRows(_rows(scored.scores), _rows(scored.components), _rows(scored.points), _rows(scored.adjustments))


def _rows(table: ir.Table) -> tuple[Row, ...]:
    return tuple(table.to_pyarrow().to_pylist())
