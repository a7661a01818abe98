"""Seconds from the shell to the end of commands that need no data."""

from __future__ import annotations

import argparse
from statistics import median

from measure import machine, measure, table


def main() -> None:
    """Call each command several times; print the fastest and the median."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--times", type=int, default=7)
    size = ask.parse_args()
    rows = []
    for words in (["--help"], ["--version"], ["account", "--help"]):
        seconds = [measure(words).seconds for _ in range(size.times)]
        rows.append((" ".join(words), f"{min(seconds):.2f}", f"{median(seconds):.2f}"))
    print(f"holdfast: {size.times} starts each")
    print(machine())
    print(table(("command", "fastest", "median"), rows))


if __name__ == "__main__":
    main()
