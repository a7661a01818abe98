"""Eight counts over 28 days for each account on 15 Sundays: Holdfast beside SQL by hand, pandas, and PostgreSQL.

All read the same events, and all must come to the same values. Holdfast and the hand-written query read the lake with
nothing kept of an earlier answer; Holdfast from the roll-up that a run has stored. pandas has the events in memory, and
PostgreSQL in a table, before their time begins: one query a metric and date, as dashboards ask. Each side of each round
is a process of its own; its start and imports are not counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from event_company import LAST, EventCompany
from measure import machine, table

DAYS = [LAST - timedelta(days=(LAST.weekday() + 1) % 7 + 7 * n) for n in range(15)]
WINDOW = 28
COUNTS = {
    "all_28d": "true", "core_28d": "feature in ('feature_0', 'feature_1', 'feature_2', 'feature_3')",
    "new_28d": "feature in ('feature_10', 'feature_11', 'feature_12')", "logins_28d": "name = 'event_0'",
    "one_28d": "name = 'event_1'", "two_28d": "name = 'event_2'", "long_28d": "duration_s > 300",
    "short_28d": "duration_s < 60",
}
METRIC = """  {name}:
    label: {name}
    words: A count of the benchmark.
    unit: events
    direction: up
    horizon: coincident
    level: activity
    is_not: real
    empty: zero
    record: event
    window: 28d
    count: {{where: "{where}"}}
"""
COLUMNS = (
    "account_id, occurred_at::DATE AS day, name, feature, duration_s::INT AS duration_s, "
    "coalesce(channel, 'person') AS channel"
)
Values = dict[tuple[str, str], tuple[int, ...]]


def main() -> None:
    """Generate, take in, ask each side in turn, compare, print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--events", type=int, default=5_000_000)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--sides", default="sql,holdfast,pandas,postgres")
    ask.add_argument("--side", nargs=2, help=argparse.SUPPRESS)
    size = ask.parse_args()
    if size.side:
        print(json.dumps(SIDES[size.side[0]](Path(size.side[1]))))
        return
    print("the query by hand:", by_hand("events"), sep="\n")
    sides = size.sides.split(",")
    taken: dict[str, list[float]] = {name: [] for name in sides}
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        folder = Path(name) / "company"
        prepare(folder, size.events)
        for number in range(size.rounds):
            digests = set()
            for side in sides:
                if side == "postgres" and number:
                    continue
                seconds, digest = _side(side, folder)
                taken[side].append(seconds)
                digests.add(digest)
            if len(digests) != 1:
                raise SystemExit("the sides come to different values")
    base = statistics.median(taken["sql"])
    print(f"{size.events:,} events, 5,000 accounts, 8 counts, {len(DAYS)} Sundays, {size.rounds} rounds (PostgreSQL 1)")
    print(machine())
    rows = [(n, f"{(m := statistics.median(t)):.2f}", f"{m / base:.1f}") for n, t in taken.items()]
    print(table(("side", "seconds", "to SQL by hand"), rows))


def _side(side: str, folder: Path) -> tuple[float, int]:
    words = [sys.executable, __file__, "--side", side, str(folder)]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{side}: {done.stderr[-2000:]}")
    seconds, digest = json.loads(done.stdout.splitlines()[-1])
    return seconds, digest


def prepare(folder: Path, events: int) -> None:
    """The workspace with its events taken in and rolled up."""
    from holdfast.ingest.ingest import ingest
    from holdfast.pipeline.roll_up import roll_up
    from holdfast.pipeline.site import Site

    EventCompany(events).write(folder)
    (folder / "metrics").mkdir()
    text = "metrics:\n" + "".join(METRIC.format(name=name, where=where) for name, where in COUNTS.items())
    (folder / "metrics" / "eight.yml").write_text(text, encoding="utf-8")
    site = Site(folder)
    site.open_state()
    ingest(site.folder, site.definitions, site.lake, memory="1400MB", threads=2)
    version, zone = site.lake.versions()["event"], site.definitions.settings.time_zone
    roll_up(site.lake, site.engine, site.definitions, version, zone, site.data / "staging")
    site.engine.close()


def timed(work: Callable[[], Values]) -> tuple[float, int]:
    """Seconds, and a digest of the values that are not all zero."""
    begun = time.perf_counter()
    values = work()
    seconds = time.perf_counter() - begun
    said = sorted((*key, *counts) for key, counts in values.items() if any(counts))
    digest = int(hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12], 16)
    return seconds, digest


def of_holdfast(folder: Path) -> tuple[float, int]:
    """The eight metrics from the stored roll-up."""
    from holdfast.metrics.evaluate import metric_table
    from holdfast.pipeline.site import Site
    from holdfast.segments.frame import account_frame

    site = Site(folder)
    site.open_state()
    definitions, engine = site.definitions, site.engine

    def work() -> Values:
        snapshot = site.snapshot(site.lake.versions())
        frame = account_frame(snapshot, definitions, sorted(DAYS), "known")
        rows = engine.arrow(metric_table(snapshot, definitions, frame, list(COUNTS)).wide)
        return _values(rows.select(["account_id", "as_of", *COUNTS]).to_pydict().values())

    return timed(work)


def by_hand(events: str) -> str:
    """What somebody who knows SQL writes: each day once, then the days of each window."""
    daily = ", ".join(f"count(*) FILTER ({where}) AS {name}" for name, where in COUNTS.items())
    sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in COUNTS)
    days = ", ".join(f"(DATE '{day}')" for day in DAYS)
    return (
        f"WITH daily AS (SELECT account_id, day, {daily} FROM {events} WHERE channel = 'person' GROUP BY ALL)\n"
        f"SELECT account_id, as_of, {sums} FROM daily JOIN (VALUES {days}) t(as_of)\n"
        f"ON day <= as_of AND day > as_of - {WINDOW} GROUP BY ALL"
    )


def of_sql(folder: Path) -> tuple[float, int]:
    """DuckDB over the files of the lake."""
    import duckdb

    config = {"threads": 2, "memory_limit": "1400MB"}
    with duckdb.connect(config=config) as con:
        files = [str(path) for path in (folder / ".holdfast" / "lake" / "event").rglob("*.parquet")]
        source = f"(SELECT {COLUMNS} FROM read_parquet({files}))"
        return timed(lambda: _values(con.sql(by_hand(source)).to_arrow_table().to_pydict().values()))


def of_pandas(folder: Path) -> tuple[float, int]:
    """A loop over the dates, as an analyst writes it."""
    import duckdb

    files = [str(path) for path in (folder / ".holdfast" / "lake" / "event").rglob("*.parquet")]
    frame = duckdb.sql(f"SELECT {COLUMNS} FROM read_parquet({files})").df()
    frame["day"] = frame["day"].astype("datetime64[us]")

    def work() -> Values:
        import pandas as pd

        people = frame[frame["channel"] == "person"]
        found: Values = {}
        for day in DAYS:
            first = pd.Timestamp(day - timedelta(WINDOW))
            inside = people[(people["day"] <= pd.Timestamp(day)) & (people["day"] > first)]
            parts = {}
            for name, where in COUNTS.items():
                chosen = inside if where == "true" else inside.query(where.replace(" = ", " == "))
                parts[name] = chosen.groupby("account_id").size()
            table_ = pd.DataFrame(parts).fillna(0).astype(int)
            for account, counts in zip(table_.index, table_.to_numpy().tolist(), strict=True):
                found[str(account), day.isoformat()] = tuple(counts)
        return found

    return timed(work)


def of_postgres(folder: Path) -> tuple[float, int]:
    """One group by a metric and date, on an index over the day."""
    import duckdb
    import psycopg

    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.postgres import server

    files = [str(path) for path in (folder / ".holdfast" / "lake" / "event").rglob("*.parquet")]
    csv = folder / "events.csv"
    duckdb.sql(f"COPY (SELECT {COLUMNS} FROM read_parquet({files})) TO '{csv}' (FORMAT csv, HEADER false)")
    with server() as address, psycopg.connect(address, autocommit=True) as con:
        columns = "account_id text, day date, name text, feature text, duration_s int, channel text"
        con.execute(f"CREATE TABLE events ({columns})")
        with csv.open("rb") as source, con.cursor().copy("COPY events FROM STDIN (FORMAT csv)") as copy:
            while block := source.read(1 << 20):
                copy.write(block)
        con.execute("CREATE INDEX ON events (day)")
        con.execute("ANALYZE events")

        def work() -> Values:
            found: dict[tuple[str, str], list[int]] = {}
            for day in DAYS:
                for number, where in enumerate(COUNTS.values()):
                    rows = con.execute(
                        f"SELECT account_id, count(*) FROM events WHERE channel = 'person' AND ({where}) "
                        f"AND day <= DATE '{day}' AND day > DATE '{day}' - {WINDOW} GROUP BY account_id"
                    ).fetchall()
                    for account, count in rows:
                        found.setdefault((account, day.isoformat()), [0] * len(COUNTS))[number] = count
            return {key: tuple(counts) for key, counts in found.items()}

        return timed(work)


def _values(columns: Any) -> Values:
    accounts, days, *counts = columns
    whole = zip(*([int(value or 0) for value in column] for column in counts), strict=True)
    return {(account, day.isoformat()): row for account, day, row in zip(accounts, days, whole, strict=True)}


SIDES: dict[str, Callable[[Path], tuple[float, int]]] = {
    "sql": of_sql, "holdfast": of_holdfast, "pandas": of_pandas, "postgres": of_postgres,
}

if __name__ == "__main__":
    main()
