"""The roll-ups of one evaluation: read where they are stored, else built once from the events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import ibis
import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Snapshot

from .columns import RollupColumn
from .merge import MERGES
from .needed_days import Cut
from .stored import rollup_name
from .user_day import COUNTS, GRAIN, user_day

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

    def prepare(self, columns: Sequence[RollupColumn]) -> None:
        """Read these columns of events once, where no stored roll-up has them."""
        self._rows(tuple(sorted(set(columns), key=lambda c: c.name)))

    def account_days(
        self, columns: Sequence[RollupColumn], counted: Sequence[str], at: Cut | None = None
    ) -> ir.Table:
        """One row an account and day: the columns, and for each count ``n`` of ``counted`` ``active_n`` (1 where it
        is above zero) and ``nobody_n`` (what of it no user stands for). Days before a cut have nothing else than what
        is needed of them: all other columns are null there."""
        rows, rules = self._believed(columns)
        if at is None:
            return self.snapshot.engine.cache(_of_accounts(rows, rules, counted))
        far = {n: rule for n, rule in rules.items() if n in COUNTS or _named(columns, n) in at.far}
        on = ibis.date(at.on.isoformat())
        near = _of_accounts(rows.filter(rows.day >= on), rules, counted)
        older = _of_accounts(rows.filter(rows.day < on), far, [n for n in counted if n in at.far])
        absent = {n: ibis.null(kind) for n, kind in near.schema().items() if n not in older.columns}
        return self.snapshot.engine.cache(ibis.union(near, older.mutate(**absent).select(*near.columns)))

    def user_days(self, columns: Sequence[RollupColumn]) -> ir.Table:
        """One row a user and day with the columns; events of nobody are a user whose ``user_key`` is null."""
        rows, rules = self._believed(columns)
        totals = {n: MERGES[rule](rows[n]) for n, rule in rules.items() if n not in COUNTS}
        return self.snapshot.engine.cache(rows.group_by(USER_DAY).aggregate(**totals))

    def release(self) -> None:
        """Forget what was built from events, unless others of these roll-ups read it too."""
        if self._whole is None:
            self.snapshot.engine.release(*self._tables.values())
            self._tables.clear()

    @cached_property
    def first_day(self) -> date | None:
        """The first local day with any event, by what is known."""
        days = self._upto(self.snapshot.event_days)
        day: date | None = self.snapshot.engine.arrow(days.aggregate(first=days.day.min()))["first"][0].as_py()
        return day

    def _believed(self, columns: Sequence[RollupColumn]) -> tuple[ir.Table, dict[str, str]]:
        """The rows that are known, or were by the day of ``known_by``; and how each column merges."""
        asked = tuple(sorted(set(columns), key=lambda c: c.name))
        rows = self._upto(self._rows(asked))
        rows = rows.select(*GRAIN, *COUNTS, *(n for n in rows.columns if any(c.holds(n) for c in asked)))
        return rows, {n: _rule(asked, n) for n in rows.columns if n not in GRAIN}

    def _rows(self, columns: tuple[RollupColumn, ...]) -> ir.Table:
        """One row a user, source, day and day of knowledge, with these columns or more."""
        if self._whole is not None:
            return self._whole._rows(columns)
        name = rollup_name(self.definitions, self.snapshot.zone) if self.snapshot.rolled_up else ""
        stored = self.snapshot.rollup(name)
        if stored is not None and all(any(c.holds(n) for n in stored.columns) for c in columns):
            return _only(stored, columns)
        wider = [built for built in self._tables if set(columns) <= set(built)]
        if not wider:
            self._tables[columns] = user_day(self.snapshot, self.definitions.features, columns)
        return self._tables[wider[0] if wider else columns]

    def _upto(self, rows: ir.Table) -> ir.Table:
        return rows if self._known is None else rows.filter(rows.known_day <= ibis.date(self._known.isoformat()))


def _rule(columns: Sequence[RollupColumn], name: str) -> str:
    return next((c.merge for c in columns if c.holds(name)), "sum")


def _only(stored: ir.Table, columns: Sequence[RollupColumn]) -> ir.Table:
    """The columns asked for; those that the rows of older files lack are zero there."""
    names = [n for n in stored.columns if any(c.holds(n) for c in columns)]
    return stored.select(*GRAIN, *COUNTS, **{n: stored[n].fill_null(0) for n in names})


def _of_accounts(rows: ir.Table, rules: Mapping[str, str], counted: Sequence[str]) -> ir.Table:
    totals = {n: MERGES[rule](rows[n]) for n, rule in rules.items() if n != "_timed"}
    for n in counted:
        totals[f"active_{n}"] = (rows[n] > 0).cast("int64").max().cast("int64")
        totals[f"nobody_{n}"] = MERGES["sum"](ibis.ifelse(rows.user_key.notnull(), 0, rows[n]))
    return rows.group_by("account_id", "day").aggregate(**totals)


def _named(columns: Sequence[RollupColumn], name: str) -> str:
    """The name of the column that a column of the table is, or is one word of."""
    return next(c.name for c in columns if c.holds(name))
