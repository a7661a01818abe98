"""From which day on new rows can change what is now known about a day: the days before it stand as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.lake import ROLLUP, TEXT_MARKS, Engine, Lake, LakeTable, Snapshot, stored_schema
from holdfast.lake.changes import added
from holdfast.lake.text_marks import TOLD
from holdfast.records import EVENT, RECORDS, RecordType

Versions = Mapping[str, int]
EVER = date.min
"""The answer where every day may have changed."""


@dataclass
class Changed:
    """``first``: the first day that new rows may show on, None for no day. ``carried``: by record, the accounts of
    new rows that are carried back to ever and may or may not show on a day."""

    first: date | None = None
    carried: dict[str, set[str]] = field(default_factory=dict)

    def since(self, day: date | None) -> None:
        """Something may show from ``day`` on."""
        if day is not None:
            self.first = day if self.first is None else min(self.first, day)


def changed(lake: Lake, snapshot: Snapshot, before: Versions, after: Versions) -> Changed:
    """What the rows of ``after`` may show otherwise than those of ``before`` did.

    ``snapshot`` is that of ``after``. A version of a row counts from the moment from which it holds; the first
    version of a key counts from the day on which the row came into being, and where that is not known it is carried
    back. Where the log of a table cannot tell what is new, every day may have changed.
    """
    found = Changed()
    for name in sorted({*RECORDS, TEXT_MARKS} & {*before, *after}):
        if before.get(name) == after.get(name):
            continue
        if name == EVENT.name:
            _of_events(snapshot, before.get(name, -1), after, found)
        elif (files := _new_files(lake.table(name), before, after)) is None:
            found.since(EVER)
        elif files and name in RECORDS and _of_accounts(RECORDS[name]):
            schema, known = stored_schema(RECORDS[name]), before.get(name)
            fresh = snapshot.engine.parquet(lake.table(name).opened(files), schema)
            old = [] if known is None else lake.table(name).files(known)
            _of_record(snapshot, RECORDS[name], fresh, snapshot.engine.parquet(old, schema), found)
        if found.first == EVER:
            return found
    return found


def _new_files(table: LakeTable, before: Versions, after: Versions) -> list[Path] | None:
    """The files with new rows; None where it cannot be told."""
    if table.name not in after:
        return None
    if table.name not in before:
        return table.paths(after[table.name])
    return added(table, before[table.name], after[table.name])


def _of_accounts(record: RecordType) -> bool:
    """Whether values of accounts can rest on the record: the working calendar only moves due dates."""
    return "account_id" in record.by_name or bool(record.dated_by)


def _of_events(snapshot: Snapshot, version: int, after: Versions, found: Changed) -> None:
    """From the first day that roll-ups made anew since ``version`` of the events."""
    for name in (n for n in after if n.startswith(ROLLUP)):
        rows = snapshot.rollup(name)
        if rows is not None:
            found.since(_least(snapshot.engine, rows.filter(rows._made > version).day))


def _of_record(
    snapshot: Snapshot, record: RecordType, fresh: ir.Table, earlier: ir.Table, found: Changed
) -> None:
    """From when each new row can be seen; and the first day of the record, where that moves forward."""
    keys = ["source", *record.stored_key]
    texts = [record.column(t.column).stored_name for t in TOLD if t.record is record]
    known = earlier.mutate(_from=ibis.coalesce(earlier.effective_at, earlier.known_at)).group_by(keys).aggregate(
        _first=lambda t: t["_from"].min(), **{f"_had_{c}": earlier[c].count() for c in texts})
    rows = fresh.mutate(_from=ibis.coalesce(fresh.effective_at, fresh.known_at), _born=_born(snapshot, record, fresh))
    rows = rows.left_join(known.rename(**{f"_k{n}": key for n, key in enumerate(keys)}),
                          [(key, f"_k{n}") for n, key in enumerate(keys)])
    new = ibis.literal(True) if record.append else rows._first.isnull()
    first = new if record.append else new | (rows._from < rows._first)
    for column in texts:
        first = first | (rows[column].notnull() & (rows[f"_had_{column}"].fill_null(0) == 0))
    ever = ibis.literal(EVER, "date")
    account = rows.account_id if "account_id" in rows.columns else ibis.null("string")
    rows = rows.select(
        since=ibis.ifelse(first, rows._born.fill_null(ever), snapshot.local_day(rows._from)),
        account=ibis.ifelse(new, account, ibis.null("string")))
    carried = (rows.since == ever) & rows.account.notnull()
    found.since(_least(snapshot.engine, rows.filter(~carried).since))
    if accounts := snapshot.engine.arrow(rows.filter(carried).select("account").distinct())["account"].to_pylist():
        found.carried[record.name] = set(accounts)
        found.since(None if _seen_ever(snapshot.engine, record, earlier, found.carried[record.name]) else EVER)
    if record.dated_by:
        day, had = (_least(snapshot.engine, _born(snapshot, record, t)) for t in (fresh, earlier))
        if day is not None and (had is None or day < had):
            found.since(day)


def _seen_ever(engine: Engine, record: RecordType, earlier: ir.Table, accounts: set[str]) -> bool:
    """Whether a row of the record was carried back to ever before; its account joins ``accounts`` to show that."""
    dates = [earlier[record.column(name).stored_name].isnull() for name in record.dated_by]
    rows = earlier.filter(earlier.account_id.notnull(), *dates).order_by("account_id").limit(1)
    found = engine.arrow(rows.select("account_id"))["account_id"].to_pylist()
    accounts.update(found)
    return bool(found)


def _born(snapshot: Snapshot, record: RecordType, rows: ir.Table) -> ir.DateValue:
    """The day on which a row came into being, or its text was said if that is earlier; null where it is not told."""
    orders = [record.dated_by, *(told.dates for told in TOLD if told.record is record)]
    found = [_first([snapshot.local_day(rows[record.column(name).stored_name]) for name in order]) for order in orders]
    return ibis.least(*found) if len(found) > 1 else found[0]


def _first(days: Sequence[ir.DateValue]) -> ir.DateValue:
    if not days:
        return ibis.null("date")
    return ibis.coalesce(*days) if len(days) > 1 else days[0]


def _least(engine: Engine, day: ir.DateValue) -> date | None:
    found: pa.Table = engine.arrow(day.min().name("least").as_table())
    least: date | None = found["least"][0].as_py()
    return least
