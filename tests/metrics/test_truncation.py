"""A value does not depend on what lay in the future: of the day, or of what was known on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from data_event import FEATURES
from frame_data import ZONE, frame
from second_answer import tables

from holdfast.definitions.load import builtin
from holdfast.lake import TEXT_MARKS, duckdb_engine, end_of_day, memory_snapshot
from holdfast.metrics.evaluate import metric_table
from holdfast.records import RECORDS

DAYS = (date(2025, 10, 26), date(2026, 2, 28), date(2026, 3, 18))
DAY = timedelta(days=1)
Row = Mapping[str, Any]


def _values(rows: Mapping[str, pa.Table], day: date, clock: str, compiled: Path) -> dict[str, list[object]]:
    engine = duckdb_engine(threads=2, compiled=compiled)
    snapshot = memory_snapshot(rows, engine, ZONE)
    definitions = replace(builtin(), features=FEATURES)
    wide = metric_table(snapshot, definitions, engine.frame(frame([day])), None, clock).wide
    found: dict[str, list[object]] = engine.arrow(wide.order_by("account_id")).to_pydict()
    engine.close()
    return found


def _known_by(rows: Mapping[str, pa.Table], until: datetime) -> dict[str, pa.Table]:
    return {name: data if name == TEXT_MARKS else data.filter([m < until for m in data["known_at"].to_pylist()])
            for name, data in rows.items()}


def _held_by(rows: Mapping[str, pa.Table], until: datetime) -> dict[str, pa.Table]:
    """Rows that came into being, and versions that hold, before ``until``. The first version of a key is carried
    back, so it stays."""
    found = {}
    for name, data in rows.items():
        if name == TEXT_MARKS:
            found[name] = data
            continue
        listed = data.to_pylist()
        first = _first_versions(name, listed)
        kept = [_born(name, row) < until and (number in first or _since(row) < until)
                for number, row in enumerate(listed)]
        found[name] = data.filter(kept)
    return found


def _since(row: Row) -> Any:
    return row["effective_at"] or row["known_at"]


def _born(name: str, row: Row) -> datetime:
    """The first of the row's own dates: a text counts from when it was said, even if that was booked later."""
    record = RECORDS[name]
    dates = [row[record.column(c).stored_name] for c in record.dated_by]
    return min((d if isinstance(d, datetime) else datetime.combine(d, time()) - DAY for d in dates if d is not None),
               default=datetime.min)


def _first_versions(name: str, rows: list[Row]) -> set[int]:
    if RECORDS[name].append:
        return set(range(len(rows)))
    first: dict[tuple[object, ...], int] = {}
    order = [(_since(row), row["known_at"], row["row_hash"], row["line"]) for row in rows]
    for number in sorted(range(len(rows)), key=order.__getitem__):
        key = (rows[number]["source"], *(rows[number][c] for c in RECORDS[name].stored_key))
        first.setdefault(key, number)
    return set(first.values())


@pytest.mark.parametrize("day", [*(pytest.param(d, marks=pytest.mark.soak) for d in DAYS[:-1]), DAYS[-1]])
@pytest.mark.parametrize(("clock", "cut"), [("known", _held_by), ("believed", _known_by)])
def test_the_future_does_not_count(
    clock: str, cut: Callable[..., dict[str, pa.Table]], day: date, tmp_path: Path
) -> None:
    rows, until = tables(), end_of_day(day, ZONE)
    before = cut(rows, until)
    assert all(before[name].num_rows < rows[name].num_rows for name in ("event", "ticket", "contact", "invoice"))
    whole, cut_off = (_values(given, day, clock, tmp_path / "compiled.sqlite3") for given in (rows, before))
    assert [name for name in whole if whole[name] != cut_off[name]] == []
