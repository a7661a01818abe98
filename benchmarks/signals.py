"""Signals and green checks over 10,000 accounts and 104 weeks, and over the newest day alone.

    .venv/bin/python benchmarks/signals.py FOLDER [--accounts 10000] [--weeks 104] [--memory 3GB]

FOLDER is a demo company that has been run. Its Sundays are laid before themselves, and its accounts beside themselves
under further ids, until there are as many as asked. Timed are findings, their evidence and the stretches of the green
checks, from stored tables to tables of the engine; placement in segments is computed for the newest day.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

import holdfast
from holdfast.evaluate.conditions import Period
from holdfast.evaluate.green_history import green_history
from holdfast.evaluate.signal_history import signal_history
from holdfast.lake import duckdb_engine
from holdfast.workspace.placement import placed
from holdfast.workspace.published import Published
from measure import machine, table

TABLES = ("frame", "metrics", "scores")


def main() -> None:
    """Print seconds and the peak of this process."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("folder", type=Path)
    read.add_argument("--accounts", type=int, default=10_000)
    read.add_argument("--weeks", type=int, default=104)
    read.add_argument("--memory", default="3GB")
    given = read.parse_args()
    published = holdfast.open(given.folder).published
    days, tables = repeated(published, given.accounts, given.weeks)
    print(machine())
    print(f"{given.accounts:,} accounts, {len(days)} days, {tables['metrics'].num_rows:,} account-days", flush=True)
    before = peak()
    newest = {name: on(data, days[-1]) for name, data in tables.items()}
    rows = [
        ["all stored days", *timed(published, tables, days, given.memory)],
        ["newest day alone", *timed(published, newest, days[-1:], given.memory)],
    ]
    print(table(["", "findings", "signals s", "checks s", "segments s", "together s"], rows))
    print(f"peak {peak():.0f} MB, of it {before:.0f} MB before the first signal")


def repeated(published: Published, accounts: int, weeks: int) -> tuple[list[date], dict[str, pa.Table]]:
    """The stored Sundays and accounts, laid beside themselves."""
    own = [day for day in published.days if day.weekday() == 6]
    there = {name: published.read(name, days=own) for name in TABLES}
    ids = sorted(set(there["frame"]["account_id"].to_pylist()))
    times, rounds = -(-accounts // len(ids)), -(-weeks // len(own))
    keep = pa.array(ids[: accounts // times])
    days = [day - timedelta(weeks=len(own) * back) for back in reversed(range(rounds)) for day in own][-weeks:]
    found = {}
    for name, whole in there.items():
        mine = whole.filter(pc.is_in(whole["account_id"], keep))
        found[name] = pa.concat_tables(
            moved(mine, f"{copy}-", len(own) * back)
            for copy in range(times) for back in range(rounds)
        ).filter(pc.field("as_of") >= days[0])
    return days, found


def moved(rows: pa.Table, before: str, weeks: int) -> pa.Table:
    """The rows under other ids, so many weeks earlier."""
    ids = pc.binary_join_element_wise(before, rows["account_id"], "")
    day = pa.array([d - timedelta(weeks=weeks) for d in rows["as_of"].to_pylist()], pa.date32())
    out = rows.set_column(rows.schema.get_field_index("account_id"), "account_id", ids)
    return out.set_column(out.schema.get_field_index("as_of"), "as_of", day)


def on(rows: pa.Table, day: date) -> pa.Table:
    """The rows of one day."""
    return rows.filter(pc.field("as_of") == day)


def timed(published: Published, tables: dict[str, pa.Table], days: list[date], memory: str) -> list[str]:
    """Findings, and seconds of each part; handing the tables to the engine is not counted."""
    engine, definitions = duckdb_engine(None, memory), published.site.definitions
    try:
        frame, metrics, scores = (engine.cache(engine.frame(tables[name])) for name in TABLES)
        engine.arrow(frame.aggregate(n=frame.count()))
        marks = [time.perf_counter()]
        periods = [Period(definitions, frame, metrics, scores)]
        history = signal_history(engine, periods, days)
        count = engine.arrow(history.findings.aggregate(n=history.findings.count()))["n"][0].as_py()
        engine.arrow(history.evidence.aggregate(n=history.evidence.count()))
        marks.append(time.perf_counter())
        checks = green_history(engine, periods, days)
        assert checks is not None
        engine.arrow(checks.aggregate(n=checks.count()))
        marks.append(time.perf_counter())
        newest = {name: on(data, days[-1]) for name, data in tables.items()}
        placed(engine, definitions, {"frame": newest["frame"], "wide": newest["metrics"], "scores": newest["scores"]})
        marks.append(time.perf_counter())
    finally:
        engine.close()
    parts = [end - start for start, end in pairwise(marks)]
    return [f"{count:,}", *(f"{part:.1f}" for part in parts), f"{marks[-1] - marks[0]:.1f}"]


def peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
