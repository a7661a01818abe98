"""`holdfast try` on a stored history: any edit, one component, bands only; and the correlations apart."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from holdfast.bench.trial import trials
from measure import machine, table


def main() -> None:
    """Write the history, try each edit several times, print the medians."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--accounts", type=int, default=10_000)
    ask.add_argument("--weeks", type=int, default=104)
    ask.add_argument("--times", type=int, default=5)
    size = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        found = trials(Path(name), size.accounts, size.weeks, size.times)
    print(f"holdfast try: {size.accounts:,} accounts, {size.weeks} weeks")
    print(machine())
    print(table(("work", "seconds", "peak MB"), [(m.work, f"{m.seconds:.2f}", f"{m.memory:,.0f}") for m in found]))


if __name__ == "__main__":
    main()
