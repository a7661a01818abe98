"""The four tables of a few accounts as plain rows: what explanations read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from holdfast.lake import Engine

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


def arrow(table: ir.Table, engine: Engine | None = None) -> pa.Table:
    """The rows in memory, by the engine that holds them; without one, by the one of Ibis' own choice."""
    return table.to_pyarrow() if engine is None else engine.arrow(table)
