"""Seconds and peak memory of `holdfast score` on one flat export."""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from measure import machine, measure, table

HEAD = "account_id,mrr,logins_30d,features_used,open_tickets,nps_score,days_since_last_login"


def write(file: Path, rows: int) -> None:
    """A flat export of invented accounts; one cell in twenty is empty."""
    luck = random.Random(1)

    def cell(low: int, high: int) -> str:
        return "" if luck.random() < 0.05 else str(luck.randint(low, high))

    limits = ((50, 20_000), (0, 400), (0, 12), (0, 9), (0, 10), (0, 90))
    lines = (",".join([f"A{n:06}", *(cell(*limit) for limit in limits)]) for n in range(rows))
    file.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")


def main() -> None:
    """Write the export, score it to JSON and to the terminal, print the table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rows", type=int, default=10_000)
    size = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        file = Path(name) / "flat.csv"
        write(file, size.rows)
        rows = []
        for label, words in (("table", []), ("--json", ["--json"]), ("--html", ["--html", f"{name}/page.html"])):
            found = measure(["score", str(file), *words])
            rows.append((label, f"{found.seconds:.2f}", f"{found.memory:,.0f}"))
    print(f"holdfast score: {size.rows:,} rows")
    print(machine())
    print(table(("output", "seconds", "peak MB"), rows))


if __name__ == "__main__":
    main()
