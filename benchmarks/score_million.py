"""Scores of a million accounts from a stored table of metrics to sorted tables, and `points` apart."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from holdfast.bench.score import score_accounts
from measure import machine, table


def main() -> None:
    """Score so many accounts; the peak of memory is that of the process so far, its data in memory included."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--accounts", type=int, default=1_000_000)
    ask.add_argument("--times", type=int, default=5)
    ask.add_argument("--points", action="store_true", help="write the points of every metric, too")
    size = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        found = score_accounts(Path(name), size.accounts, size.times)
        if size.points:
            found += score_accounts(Path(name), size.accounts, 1, ["points"])[1:]
    print(machine())
    print(table(("work", "seconds", "peak MB"), [(m.work, f"{m.seconds:.2f}", f"{m.memory:,.0f}") for m in found]))


if __name__ == "__main__":
    main()
