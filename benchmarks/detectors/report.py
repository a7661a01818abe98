"""Writes the tables of docs/explanation/detectors.md from a run: false alarms, power, a dip of everybody, speed.

    python benchmarks/detectors/report.py [account-months a cell, 20000]
"""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from error_rates import FOUND, POWERS, Rate, cell, dip, power, values, whole
from usage_simulator import CELLS, World, counts

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "detectors.md"
MARK = "<!-- measured: written by benchmarks/detectors/report.py -->"
WORLDS = (("unchanged use", {}), ("memory 0.4", {"memory": 0.4}), ("log-normal", {"shape": "log-normal"}),
          ("growth 0.4 % a week", {"growth": 0.004}), ("own season, -40 % for 8 weeks", {"season": 0.4}))


def main(months: int) -> None:
    """Run everything and write the page."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT,
                            check=True).stdout.strip()
    about = f"Run of {datetime.now(UTC):%Y-%m-%d} on {platform.machine()}, {months:,} account-months a cell, " \
            f"after commit {commit}."
    parts = [about, _cells(months), _worlds(months // 200), _power(), _dip(), _speed()]
    head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    PAGE.write_text(head + MARK + "\n\n" + "\n\n".join(parts) + "\n", encoding="utf-8")


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _text(rate: Rate) -> str:
    return f"{rate.share:.2%} (to {rate.upper:.2%}); {rate.on / rate.months:.2%}"


def _cells(months: int) -> str:
    rows = []
    for seed, (mean, cv) in enumerate(CELLS):
        found = cell(World(mean, cv), months, seed)
        rows.append([f"{mean:g}", f"{cv:g}", *(_text(found[name]) for name in FOUND)])
    words = ("### False alarms of each detector alone\n\nShare of account-months in which a finding opened (upper end "
             "of the 95 % interval); share in which one was open.\n\n")
    return words + _table(["mean a week", "CV", *(f"`{name}`" for name in FOUND)], rows)


def _worlds(each: int) -> str:
    rows = []
    for words, further in WORLDS:
        found = whole(each, 8, 11, **further)
        rows.append([words, *(_text(found[f"union, {kind}"]) for kind in ("alone", "after control"))])
    count = each * len(CELLS) * 8
    return (f"### The union over a whole portfolio\n\nAll cells together, {count:,} account-months a row.\n\n"
            + _table(["world", "all detectors, alone", "all detectors, after control"], rows))


def _power() -> str:
    rows = []
    for name, world, factor, back, looks, asked, words in POWERS:
        found = power(name, world, factor, back, looks, seed=1, accounts=25_000)
        rows.append([f"`{name}`", words, f"{asked:.2f}", f"{found:.2f}"])
    return ("### Power\n\nShare of 1,000 changed accounts among 25,000 that a detector alone finds.\n\n"
            + _table(["detector", "change", "asked", "found"], rows))


def _dip() -> str:
    rows = []
    for seed in range(5):
        opened, notes = dip(40, seed)
        this_year = [n for n in notes if n.first_week.year == 2025 and n.first_week.month == 12]
        rows.append([str(seed), str(opened), ", ".join(f"{n.kind} {n.size:+.0%}" for n in this_year)])
    return ("### A dip of everybody\n\n960 accounts do half their use for three weeks in December, as the year before; "
            "account findings that open in the dip and the six weeks after it, and the notes about it.\n\n"
            + _table(["seed", "account findings", "portfolio notes"], rows))


def _speed() -> str:
    weekly = counts(np.random.default_rng(1), World(10, 0.4), 10_000, 212)
    begun = time.process_time()
    values(weekly, range(109, 213))
    return ("### Speed\n\nAll kernels over 10,000 accounts at 104 weekly looks: "
            f"{time.process_time() - begun:.1f} s of processor time; reading the events is left out.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
