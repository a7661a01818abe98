"""One account's year of daily history, read over a fresh connection."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from holdfast.bench.account import one_account
from measure import machine, table


def main() -> None:
    """Write a year of daily history, read one account of it several times."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--accounts", type=int, default=2_000)
    ask.add_argument("--times", type=int, default=9)
    size = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        found = one_account(Path(name), size.accounts, size.times)
    print(machine())
    print(table(("work", "ms"), [(f"{m.work}, {m.size}", f"{m.seconds * 1000:.0f}") for m in found]))


if __name__ == "__main__":
    main()
