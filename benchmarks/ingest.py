"""Ingest of events beside DuckDB's plain COPY of the same files to Parquet sorted by account, user and time.

Both sides take the same files, threads and memory limit, in turn, and must end with the same number of rows.
Ours is timed from the files to the committed lake with its row account. Prints seconds, ratio, bytes an event.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from event_company import ACCOUNTS, EventCompany
from measure import machine, table

ONE_SIDE = """
import json, resource, sys, time
from pathlib import Path
from holdfast.ingest.ingest import ingest
from holdfast.pipeline.site import Site
site = Site(Path(sys.argv[1])); site.open_state(); definitions = site.definitions
begun = time.perf_counter()
report = ingest(site.folder, definitions, site.lake, memory=sys.argv[2], threads=2)
print(json.dumps([time.perf_counter() - begun, sum(b.account.kept for b in report.batches) - {accounts},
    resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def main() -> None:
    """Generate, measure each format in turn, print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--events", type=int, default=2_000_000)
    ask.add_argument("--per-user-day", type=float, default=20.0, help="20 is dense, 1.5 sparse")
    ask.add_argument("--files", type=int, default=12)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--memory", default="1500MB")
    ask.add_argument("--formats", default="parquet,csv")
    ask.add_argument("--no-id", action="store_true", help="the events have no id")
    size = ask.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        for format in size.formats.split(","):
            folder = Path(name) / format
            company = EventCompany(size.events, size.per_user_day, size.files, not size.no_id, format)
            company.write(folder, size.memory)
            copies, ours = [], []
            for _ in range(size.rounds):
                copies.append(copy(folder, format, size.memory))
                ours.append(own(folder, size.memory))
            if {c[1] for c in copies} != {o[1] for o in ours} or len({o[1] for o in ours}) != 1:
                raise SystemExit(f"the sides end with different rows: {copies}, {ours}")
            ratio = statistics.median(o[0] / c[0] for o, c in zip(ours, copies, strict=True))
            held = sum(p.stat().st_size for p in (folder / ".holdfast/lake/event").rglob("*.parquet"))
            seconds = [statistics.median(side[0] for side in sides) for sides in (copies, ours)]
            rows.append((
                format, f"{seconds[0]:.1f}", f"{seconds[1]:.1f}", f"{ratio:.1f}",
                f"{max(o[2] for o in ours):,.0f}", f"{held / ours[0][1]:.1f}",
            ))
    print(f"{size.events:,} events in {size.files} files, {size.per_user_day:g} a user and day, {size.rounds} rounds")
    print(machine())
    print(table(("format", "COPY s", "ingest s", "ratio", "peak MB", "bytes an event"), rows))


def copy(folder: Path, format: str, memory: str) -> tuple[float, int]:
    """Seconds and rows of the plain copy."""
    target = folder / "copy.parquet"
    spill = folder / "spill"
    with duckdb.connect(config={"memory_limit": memory, "threads": 2, "temp_directory": str(spill)}) as con:
        begun = time.perf_counter()
        done = con.execute(
            f"COPY (FROM read_{format}('{folder}/exports/events_*.{format}') ORDER BY account, \"user\", ts) "
            f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        ).fetchall()
        seconds = time.perf_counter() - begun
    target.unlink()
    return seconds, int(done[0][0])


def own(folder: Path, memory: str) -> tuple[float, int, float]:
    """Seconds, events kept and peak MB of our side, in a process of its own, from an empty lake."""
    subprocess.run(["rm", "-rf", str(folder / ".holdfast")], check=True)
    code = ONE_SIDE.replace("{accounts}", str(ACCOUNTS))
    done = subprocess.run([sys.executable, "-c", code, str(folder), memory], check=True, capture_output=True, text=True)
    seconds, kept, peak = json.loads(done.stdout.splitlines()[-1])
    return seconds, kept, peak


if __name__ == "__main__":
    main()
