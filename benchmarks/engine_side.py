"""One side of a round of ``engine.py``, in a process of its own: prints seconds, peak memory and its parts as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import duckdb

from event_company import LAST
from holdfast.definitions.bundle import Definitions
from holdfast.evaluate.evaluation import Evaluation
from holdfast.ingest.ingest import ingest
from holdfast.metrics.evaluate import metric_table
from holdfast.metrics.plan import plan
from holdfast.pipeline.at_work import at_work
from holdfast.pipeline.history_tables import History
from holdfast.pipeline.roll_up import roll_up
from holdfast.pipeline.run import run
from holdfast.pipeline.site import Site
from holdfast.scoring.reference import NONE
from holdfast.scoring.score import Scored
from holdfast.segments.frame import account_frame

Parts = dict[str, float]
LAPS_ENDED: Parts = {}
"""Seconds of the epoch at which each lap ended: what logs of other processes are told apart by."""


def main() -> None:
    """The named side on the workspace."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    work = {"bare": bare, "ingest": taken_in, "build": build, "run": whole_run}[name]
    site = Site(folder)
    site.open_state()
    assert site.definitions
    begun = time.perf_counter()
    with at_work(site) as working:
        parts = work(working)
        seconds = time.perf_counter() - begun
        driver = spark_driver_mb(working)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rounded = {k: round(v, 2) for k, v in parts.items()}
    found = {"seconds": seconds, "peak_mb": peak, "driver_mb": driver, "parts": rounded, "laps_ended": LAPS_ENDED}
    print(json.dumps(found))


def spark_driver_mb(site: Site) -> float:
    """The largest resident set of the Spark driver's Java process; 0 where there is none."""
    if "engine" not in site.__dict__ or site.engine.kind != "spark":
        return 0
    pid = site.engine.con._session.sparkContext._gateway.proc.pid
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def bare(site: Site) -> Parts:
    """DuckDB's group by account, user and day over the stored files."""
    files = [str(path) for path in site.lake.table("event").paths()]
    config = {"threads": 2, "memory_limit": "4GB", "temp_directory": str(site.folder / "spill")}
    with duckdb.connect(config=config) as con:
        con.execute(
            "CREATE TEMP TABLE bare AS SELECT account_id, user_key, occurred_at::DATE AS day, count(*) AS n "
            f"FROM read_parquet({files}) GROUP BY ALL"
        )
        found = con.execute("SELECT count(*), sum(n)::BIGINT FROM bare").fetchone()
    assert found is not None
    size = sum(Path(file).stat().st_size for file in files)
    return {"user days": found[0], "events": found[1], "bytes an event": size / found[1]}


def taken_in(site: Site) -> Parts:
    """Files to the committed lake."""
    settings = site.definitions.settings.engine
    report = ingest(site.folder, site.definitions, site.lake, memory=settings.memory, threads=2)
    return {"rows": sum(batch.account.kept for batch in report.batches)}


def build(site: Site) -> Parts:
    """Roll-up, metrics and commit, from the stored events alone."""
    clock, staging = Clock(), site.data / "staging"
    definitions, engine, zone = site.definitions, site.engine, site.definitions.settings.time_zone
    versions = {n: v for n, v in site.lake.versions().items() if n in ("event", "account")}
    versions |= roll_up(site.lake, engine, definitions, versions["event"], zone, staging / "rollup", full=True)
    clock.lap("roll-up")
    snapshot = site.snapshot(versions)
    sundays = [LAST - timedelta(days=(LAST.weekday() + 1) % 7 + 7 * n) for n in range(52)]
    days = sorted({*sundays, *(LAST - timedelta(days=n) for n in range(90))})
    frame = engine.cache(account_frame(snapshot, definitions, days, "known"))
    names = of_events(definitions)
    metrics = metric_table(snapshot, definitions, frame, names)
    clock.lap("metrics")
    nothing = SimpleNamespace(scores=None, components=None, sums=None, adjustments=None)
    evaluation = Evaluation(frame, metrics, None, NONE, cast(Scored, nothing))
    History(site.lake, engine, staging / "build", f"build-{time.time_ns()}").write([(evaluation, days)])
    clock.lap("tables")
    return {"columns": len(names), "days": len(days), **clock.laps}


def of_events(definitions: Definitions) -> list[str]:
    """The metrics that need no record beside events."""
    known = definitions.metrics
    records: Mapping[str, set[str | None]] = {
        name: {known[used].record for used in plan(known, [name], ()).order} - {None} for name in known
    }
    return [name for name, read in records.items() if read == {"event"}]


def whole_run(site: Site) -> Parts:
    """A run, from new files to the publish."""
    clock = Clock()
    run(site, progress=clock.stage)
    return clock.laps


class Clock:
    """Seconds between laps."""

    def __init__(self) -> None:
        self.at = time.perf_counter()
        self.laps: Parts = {}

    def lap(self, name: str) -> None:
        """End the lap ``name`` now."""
        now = time.perf_counter()
        self.laps[name] = self.laps.get(name, 0.0) + now - self.at
        LAPS_ENDED[name] = time.time()
        self.at = now

    def stage(self, name: str, done: int, total: int) -> None:
        """A run's progress as laps: a stage has what passed since the call before."""
        self.lap(name)


if __name__ == "__main__":
    main()
