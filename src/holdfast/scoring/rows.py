"""The four tables of a few accounts as plain rows: what explanations read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from holdfast.lake import Engine

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ScoredRows:
    """Rows of one account or of a few on one day, all dials."""

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

    def by_account(self) -> dict[str, ScoredRows]:
        """The rows of each account."""
        found: dict[str, list[list[Row]]] = defaultdict(lambda: [[], [], [], []])
        for place, rows in enumerate(self._all()):
            for row in rows:
                found[row["account_id"]][place].append(row)
        return {account: ScoredRows(*map(tuple, tables)) for account, tables in found.items()}

    def _all(self) -> tuple[tuple[Row, ...], ...]:
        return self.scores, self.components, self.points, self.adjustments


def arrow(table: ir.Table, engine: Engine | None = None) -> pa.Table:
    """The rows in memory, by the engine that holds them; without one, by the one of Ibis' own choice."""
    return table.to_pyarrow() if engine is None else engine.arrow(table)
