"""Second answers: SQL over the raw rows, written from a metric's words, compared with the catalogue.

``answers/<metric>.sql`` gives ``account_id`` and ``value`` for the accounts of one day. It may use:

- the tables of the records in stored form (``event``, ``ticket``, ...), under the clock ``believed`` only
  the rows that were known by the end of the day;
- ``accounts``: the frame of the day (``account_id``, ``created_on``, ``tenure_days``, ``seats``, ...);
- ``every_account``: the frame's accounts without a day;
- ``$day`` and ``$until`` (its exclusive end in UTC), ``$clock``, and ``local_day(moment)``;
- the macros of the files whose names begin with an underscore.

Rows come from the modules ``data_*.py``: each has ``tables()``, record -> Arrow table in stored form.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from frame_data import ACCOUNTS, DAYS, ZONE, frame

from holdfast.lake import MARKS, TEXT_MARKS, end_of_day, stored_schema
from holdfast.lake.memory import stored_rows
from holdfast.records import RECORDS

FOLDER = Path(__file__).parent / "answers"
PRELUDES = "_*.sql"
Answer = dict[str, float | None]


def metrics_with_answer() -> list[str]:
    """The metrics that have a second answer."""
    return sorted(p.stem for p in FOLDER.glob("*.sql") if not p.stem.startswith("_"))


@cache
def tables() -> Mapping[str, pa.Table]:
    """All rows that were made to break the metrics, in stored form."""
    found: dict[str, pa.Table] = {}
    for module in sorted(p.stem for p in Path(__file__).parent.glob("data_*.py")):
        found.update(importlib.import_module(module).tables())
    kept = {TEXT_MARKS: found.pop(TEXT_MARKS)}
    return {**{name: stored_rows(data, RECORDS[name]) for name, data in found.items()}, **kept}


def _local_day(zone: str, first: int, last: int) -> str:
    """The local day as SQL: the offset of every hour of those years, asked of Python one by one."""
    info, hour = ZoneInfo(zone), datetime(first, 1, 1, tzinfo=UTC)
    changes: list[tuple[datetime, int]] = []
    while hour.year <= last:
        offset = hour.astimezone(info).utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        if not changes or changes[-1][1] != minutes:
            changes.append((hour, minutes))
        hour += timedelta(hours=1)
    tests = " ".join(
        f"when moment >= timestamp '{start:%Y-%m-%d %H:%M}' then moment + interval {minutes} minutes"
        for start, minutes in reversed(changes)
    )
    return f"(case {tests} else moment end)::date"


def _years(rows: Mapping[str, pa.Table]) -> tuple[int, int]:
    """The first and the last year of any moment, and a year more on either side."""
    found = [pc.min_max(pc.year(column)) for data in rows.values() for column in data.columns
             if pa.types.is_timestamp(column.type) and column.null_count < len(column)]
    return min(one["min"].as_py() for one in found) - 1, max(one["max"].as_py() for one in found) + 1


class SecondAnswers:
    """A plain DuckDB over the raw rows. ``rows`` replaces the shared data."""

    def __init__(self, rows: Mapping[str, pa.Table] | None = None, zone: str = ZONE) -> None:
        self.zone = zone
        self.rows = tables() if rows is None else rows
        self.con = duckdb.connect(config={"threads": 2})
        for record in RECORDS.values():
            data = self.rows.get(record.name, stored_schema(record).empty_table())
            self.con.register(f"arrow_{record.name}", data)
            self.con.execute(f"create table all_{record.name} as select * from arrow_{record.name}")
        self.con.register(TEXT_MARKS, self.rows.get(TEXT_MARKS, MARKS.empty_table()))
        self.con.execute(f"create macro local_day(moment) as ({_local_day(zone, *_years(self.rows))})")
        self._at: tuple[date, str] | None = None
        self._found: dict[tuple[str, date, str], Answer] = {}

    def answer(self, metric: str, day: date, clock: str = "known") -> Answer:
        """The answer's values of one day."""
        key = (metric, day, clock)
        if key not in self._found:
            self._found[key] = self._ask(metric, day, clock)
        return self._found[key]

    def ask_all(self, metrics: Sequence[str], days: Sequence[date], clock: str = "known") -> None:
        """Ask day by day, so that each day's tables are made once."""
        for day in days:
            for metric in metrics:
                self.answer(metric, day, clock)

    def _ask(self, metric: str, day: date, clock: str) -> Answer:
        self._place(day, clock)
        found = self.con.execute(self._text(FOLDER / f"{metric}.sql", day, clock)).fetchall()
        names = [account for account, _ in found]
        assert len(names) == len(set(names)), f"{metric}.sql gives an account twice"
        return {account: None if value is None else float(value) for account, value in found}

    def _place(self, day: date, clock: str) -> None:
        if self._at == (day, clock):
            return
        self._at = (day, clock)
        until = end_of_day(day, self.zone).isoformat(sep=" ")
        limit = f"where known_at < timestamp '{until}'" if clock == "believed" else ""
        for record in RECORDS:
            self.con.execute(f"create or replace view {record} as select * from all_{record} {limit}")
        self.con.register("accounts", frame([day]))
        self.con.register("every_account", pa.table({"account_id": [a["account_id"] for a in ACCOUNTS]}))
        for prelude in sorted(FOLDER.glob(PRELUDES)):
            self.con.execute(self._text(prelude, day, clock))

    def _text(self, file: Path, day: date, clock: str) -> str:
        until: datetime = end_of_day(day, self.zone)
        text = file.read_text()
        text = text.replace("$day", f"date '{day}'").replace("$clock", f"'{clock}'")
        return text.replace("$until", f"timestamp '{until.isoformat(sep=' ')}'")


def ours(wide: pa.Table, metric: str) -> dict[date, Answer]:
    """The catalogue's values by day."""
    found: dict[date, Answer] = {}
    for account, day, value in zip(
        wide["account_id"].to_pylist(), wide["as_of"].to_pylist(), wide[metric].to_pylist(), strict=True
    ):
        found.setdefault(day, {})[account] = value
    return found


def differences(first: Answer, second: Answer, tolerance: float = 1e-9) -> list[str]:
    """Accounts on which two answers differ; an account left out counts as missing."""
    different = []
    for account in sorted(set(first) | set(second)):
        a, b = first.get(account), second.get(account)
        same = a is None and b is None
        if a is not None and b is not None:
            same = math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-12)
        if not same:
            different.append(f"{account}: catalogue {a}, second answer {b}")
    return different


__all__ = ["DAYS", "ZONE", "SecondAnswers", "differences", "metrics_with_answer", "ours", "tables"]


def days_of(clock: str, days: Sequence[date], believed: Sequence[date]) -> Sequence[date]:
    """The days that are compared under a clock."""
    return believed if clock == "believed" else days
