"""Seconds and peak memory of `holdfast score` on one flat export."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from holdfast.bench.flat import write_flat
from measure import machine, measure, table


def main() -> None:
    """Write the export, score it to JSON and to the terminal, print the table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rows", type=int, default=10_000)
    size = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        file = Path(name) / "flat.csv"
        write_flat(file, size.rows)
        rows = []
        for label, words in (("table", []), ("--json", ["--json"]), ("--html", ["--html", f"{name}/page.html"])):
            found = measure(["score", str(file), *words])
            rows.append((label, f"{found.seconds:.2f}", f"{found.memory:,.0f}"))
    print(f"holdfast score: {size.rows:,} rows")
    print(machine())
    print(table(("output", "seconds", "peak MB"), rows))


if __name__ == "__main__":
    main()
