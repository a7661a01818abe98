"""Seconds by stage and peak memory of `holdfast run` on a demo company of a given size."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

from measure import HOLDFAST, machine, measure, table


def main() -> None:
    """Write the company, run it once, print the table; with --again a second run that finds nothing new."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--accounts", type=int, default=400)
    ask.add_argument("--months", type=int, default=18)
    ask.add_argument("--events", type=int, default=2_000_000)
    ask.add_argument("--history", default="52w")
    ask.add_argument("--again", action="store_true", help="run a second time")
    size = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        folder = Path(name) / "company"
        demo = [
            "demo", str(folder), "--accounts", str(size.accounts), "--months", str(size.months),
            "--events", str(size.events),
        ]
        subprocess.run([*HOLDFAST, *demo], check=True, stdout=subprocess.DEVNULL)
        rows: list[tuple[str, str, str]] = []
        for label in ("run", "run again") if size.again else ("run",):
            found = measure(["run", "-w", str(folder), "--history", size.history])
            rows += [(f"  {stage}", f"{seconds:.1f}", "") for stage, seconds in found.stages]
            rows.append((label, f"{found.seconds:.1f}", f"{found.memory:,.0f}"))
    print(f"holdfast run: {size.accounts:,} accounts, {size.months} months, {size.events:,} events, {size.history}")
    print(machine())
    print(table(("stage", "seconds", "peak MB"), rows))


if __name__ == "__main__":
    main()
