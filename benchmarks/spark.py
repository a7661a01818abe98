"""Roll-up and event metrics on a standalone Spark cluster beside the embedded engine, over the same stored events.

The cluster is a master and two workers of one core, started from the pyspark package on this machine; driver and
executors have 1 GB each. The work is that of ``engine.py``'s full build: the roll-up of all events, every metric that
is read from events alone on 52 Sundays and the last 90 days, and their tables. Ingest is the embedded engine's and is
not counted, nor is the start of processes. Both sides' metrics are compared, cell by cell.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.spark_cluster import cluster, defaults, peaks, task_seconds, tasks_by_executor

from engine import side
from event_company import EventCompany
from holdfast.lake import Lake
from measure import machine, table

METRICS = "history_metrics"
NUMBERS = ("DOUBLE", "FLOAT", "BIGINT", "INTEGER")


def main() -> None:
    """Generate, take in, build with both engines, compare, print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--events", type=int, default=2_000_000)
    ask.add_argument("--per-user-day", type=float, default=20.0, help="20 is dense, 1.5 sparse")
    ask.add_argument("--memory", default="1400MB", help="of the embedded engine")
    ask.add_argument("--folder", type=Path, help="keep the workspace here, and use one that is there")
    ask.add_argument("--json", action="store_true", help="print nothing but the figures as JSON")
    size = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        folder = size.folder or Path(name) / "company"
        if not folder.exists():
            EventCompany(size.events, size.per_user_day).write(folder, size.memory)
            side("ingest", folder)
        found = _both(folder, Path(name))
    if size.json:
        print(json.dumps(found))
        return
    print(f"{size.events:,} events, {size.per_user_day:g} a user and day")
    print(machine())
    print(table(("engine", "s", "roll-up", "metrics", "tables", "Python MB", "driver MB"), [
        _row(engine, found[engine]) for engine in ("duckdb", "spark")
    ]))
    print(f"roll-up of a million events on Spark: {found['roll_up_cpu'] / size.events * 1e6:.1f} processor seconds of "
          f"executors; all else: {found['rest_cpu']:.0f}")
    print(f"tasks by executor: {found['tasks']}")
    print(f"peak heap MB: {found['heap']}; whole memory of the executors MB: {found['memory']}")
    print(f"cells compared: {found['cells']:,}; largest relative difference: {found['difference']:.1e}")


def _both(folder: Path, beside: Path) -> dict[str, Any]:
    found: dict[str, Any] = {"duckdb": side("build", folder)}
    ours = Lake(folder / ".holdfast" / "lake").table(METRICS).files()
    settings, log = folder / "holdfast.yml", beside / "log"
    plain = settings.read_text(encoding="utf-8")
    with cluster(beside / "cluster") as address:
        settings.write_text(plain.replace("engine: {threads: 2,", f'engine: {{spark: "{address}",'), encoding="utf-8")
        os.environ.update(defaults(beside / "conf", log))
        try:
            found["spark"] = side("build", folder)
        finally:
            settings.write_text(plain, encoding="utf-8")
    theirs = Lake(folder / ".holdfast" / "lake").table(METRICS).files()
    cells, difference = compared(ours, theirs)
    memory = {who: round(jvm + peaks(log, "ProcessTreePythonRSSMemory").get(who, 0))
              for who, jvm in peaks(log, "ProcessTreeJVMRSSMemory").items() if who != "driver"}
    heap = {who: round(mb) for who, mb in peaks(log, "JVMHeapMemory").items()}
    rolled_up = task_seconds(log, found["spark"]["laps_ended"]["roll-up"])
    return {
        **found, "roll_up_cpu": rolled_up, "rest_cpu": task_seconds(log) - rolled_up,
        "tasks": tasks_by_executor(log), "heap": heap, "memory": memory, "cells": cells, "difference": difference,
    }


def compared(ours: list[str], theirs: list[str]) -> tuple[int, float]:
    """How many cells were compared, and the largest relative difference; infinite where rows or nulls differ."""
    with duckdb.connect(config={"memory_limit": "2GB"}) as con:
        for name, files in (("ours", ours), ("theirs", theirs)):
            con.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({files}, union_by_name=true)")
        keys = ("account_id", "as_of")
        columns = [(c, kind) for c, kind, *_ in con.execute("DESCRIBE ours").fetchall() if c not in keys]
        rows = [con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in ("ours", "theirs")]
        joined = con.execute("SELECT count(*) FROM ours JOIN theirs USING (account_id, as_of)").fetchall()[0][0]
        if {*rows} != {joined}:
            return 0, float("inf")
        largest = ", ".join(_difference(*column) for column in columns)
        worst = con.execute(f"SELECT {largest} FROM ours a JOIN theirs b USING (account_id, as_of)").fetchall()[0]
    return joined * len(columns), max(float(value) for value in worst)


def _difference(column: str, kind: str) -> str:
    a, b = f'a."{column}"', f'b."{column}"'
    apart = f"abs({a} - {b}) / greatest(abs({a}), abs({b}))" if kind in NUMBERS else "'inf'::DOUBLE"
    return (
        f"max(CASE WHEN {a} IS NOT DISTINCT FROM {b} THEN 0 WHEN {a} IS NULL OR {b} IS NULL THEN 'inf'::DOUBLE "
        f"ELSE {apart} END)"
    )


def _row(engine: str, found: dict[str, Any]) -> tuple[str, ...]:
    parts = found["parts"]
    seconds = (f"{value:.1f}" for value in (found["seconds"], *(parts[n] for n in ("roll-up", "metrics", "tables"))))
    return engine, *seconds, f"{found['peak_mb']:,.0f}", f"{found['driver_mb']:,.0f}"


if __name__ == "__main__":
    main()
