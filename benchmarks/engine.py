"""The event engine beside DuckDB's bare group by of the same files: full build, a night, bytes an event.

"Bare" counts the events of each account, user and day into a temporary table. The full build makes the roll-up of all
stored events, every metric of the catalogue that is read from events alone, for 5,000 accounts on 52 Sundays and the
last 90 days, and commits them. The night takes in one new day and runs to its publish. Each side of each round is a
process of its own; its start and imports are not counted.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from event_company import EventCompany
from measure import machine, table

NEW_DAY = 140_000
SIDES = Path(__file__).with_name("engine_side.py")


def main() -> None:
    """Generate, take in, measure each side in turn, print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--events", type=int, default=5_000_000)
    ask.add_argument("--per-user-day", type=float, default=20.0, help="20 is dense, 1.5 sparse")
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--memory", default="1400MB")
    ask.add_argument("--work", default="build,night")
    ask.add_argument("--folder", type=Path, help="keep the workspace here, and use one that is there")
    size = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        folder = size.folder or Path(name) / "company"
        company = EventCompany(size.events, size.per_user_day)
        if not folder.exists():
            company.write(folder, size.memory)
            print(f"taken in: {side('ingest', folder)}", flush=True)
        rows = []
        for work in size.work.split(","):
            rows += _measured(work, folder, company, size.rounds)
    print(f"{size.events:,} events, {size.per_user_day:g} a user and day, memory {size.memory}, {size.rounds} rounds")
    print(machine())
    print(table(("work", "bare s", "ours s", "ratio", "peak MB", "of it"), rows))


def _measured(work: str, folder: Path, company: EventCompany, rounds: int) -> list[tuple[str, ...]]:
    found = []
    if work == "night":
        side("run", folder)
    for number in range(rounds):
        if work == "night":
            company.new_day(folder, NEW_DAY, number + 1)
        bare = side("bare", folder)
        found.append((bare, side({"night": "run"}.get(work, work), folder)))
        print(work, number + 1, *found[-1], flush=True)
    ratio = statistics.median(ours["seconds"] / bare["seconds"] for bare, ours in found)
    seconds = [statistics.median(pair[n]["seconds"] for pair in found) for n in (0, 1)]
    middle = sorted((ours for _, ours in found), key=lambda o: o["seconds"])[len(found) // 2]
    parts = ", ".join(f"{name} {value:g}" for name, value in middle["parts"].items())
    peak = max(ours["peak_mb"] for _, ours in found)
    return [(work, f"{seconds[0]:.2f}", f"{seconds[1]:.1f}", f"{ratio:.1f}", f"{peak:,.0f}", parts)]


def side(name: str, folder: Path) -> dict[str, object]:
    """One side in a process of its own: what it printed."""
    done = subprocess.run(
        [sys.executable, str(SIDES), name, str(folder)], check=False, capture_output=True, text=True
    )
    shutil.rmtree(folder / "spill", ignore_errors=True)
    if done.returncode:
        raise SystemExit(f"{name} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
