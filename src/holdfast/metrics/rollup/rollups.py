"""The roll-ups of one evaluation, built once and looked at by either clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Snapshot

from .columns import RollupColumn
from .merge import MERGES
from .user_day import GRAIN, user_day

USER_DAY = ["account_id", "user_key", "day"]


class Rollups:
    """User-days with the columns that were asked for; ``known_by`` leaves out what became known later."""

    def __init__(self, snapshot: Snapshot, definitions: Definitions, known: date | None = None,
                 whole: Rollups | None = None) -> None:
        self.snapshot = snapshot
        self.definitions = definitions
        self._known = known
        self._whole = whole
        self._tables: dict[tuple[RollupColumn, ...], ir.Table] = {}

    def known_by(self, day: date) -> Rollups:
        """The same roll-ups without the rows that became known after ``day``."""
        return Rollups(self.snapshot, self.definitions, day, self)

    def stored(self, columns: tuple[RollupColumn, ...]) -> ir.Table:
        """One row a user, day and day of knowledge."""
        if self._whole is not None:
            return self._whole.stored(columns)
        if columns not in self._tables:
            self._tables[columns] = user_day(self.snapshot, self.definitions.features, columns)
        return self._tables[columns]

    def user_days(self, columns: Sequence[RollupColumn]) -> ir.Table:
        """One row a user and day: what is known, or was known by the day of ``known_by``."""
        asked = tuple(sorted(set(columns), key=lambda c: c.name))
        rows = self.stored(asked)
        if self._known is not None:
            rows = rows.filter(rows.known_day <= ibis.date(self._known.isoformat()))
        rules = {name: self._rule(asked, name) for name in rows.columns if name not in GRAIN}
        merged = rows.group_by(USER_DAY).aggregate(**{n: MERGES[rule](rows[n]) for n, rule in rules.items()})
        found = self.snapshot.engine.cache(merged)
        if self._whole is None and self.first_day is not None:
            self.snapshot.engine.release(self._tables.pop(asked))
        return found

    @staticmethod
    def _rule(columns: Sequence[RollupColumn], name: str) -> str:
        return next((c.merge for c in columns if name == c.name or name.startswith(f"{c.name}__")), "sum")

    @cached_property
    def first_day(self) -> date | None:
        """The first local day with any event, by what is known."""
        rows = self.stored(next(iter((self._whole or self)._tables)))
        if self._known is not None:
            rows = rows.filter(rows.known_day <= ibis.date(self._known.isoformat()))
        found: pa.Table = self.snapshot.engine.arrow(rows.aggregate(first=rows.day.min()))
        day: date | None = found["first"][0].as_py()
        return day
