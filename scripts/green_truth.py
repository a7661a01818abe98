"""Holds the green checks of a demo company, which has been run, against its truth: `green_truth.py DIR`.

For each check: how often it passes, fails and is unknown, and precision and recall of its failures and of its
unknowns with 95 % Wilson intervals, over the accounts that both sides have an answer for. The product never
reads the truth; this script and the tests do.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import holdfast

Pairs = list[tuple[str, str]]


def pairs(folder: Path) -> dict[str, Pairs]:
    """Check -> (what the product says, what is true) of every account with both."""
    published = holdfast.open(folder).published
    return compared(folder, published.read("green_checks").to_pylist(), published.as_of)


def compared(folder: Path, rows: Iterable[Mapping[str, Any]], day: date) -> dict[str, Pairs]:
    """The same where ``rows`` are the stretches of the checks up to ``day``."""
    with (folder / "truth" / "green.csv").open(encoding="utf-8", newline="") as file:
        truth = list(csv.DictReader(file))
    said = {(r["account_id"], r["check"]): r["state"] for r in rows if r["to_on"] == day}
    found: dict[str, Pairs] = {}
    for row in truth:
        for check, true in row.items():
            ours = said.get((row["account_id"], check))
            if ours is not None and true != "none":
                found.setdefault(check, []).append((ours, true))
    return found


def share(hits: int, base: int) -> str:
    """A share of a base in percent with its Wilson interval.

    >>> share(8, 10)
    '80 % (49 to 94, n 10)'
    """
    if not base:
        return "no case"
    z, p = 1.96, hits / base
    middle = (p + z * z / (2 * base)) / (1 + z * z / base)
    half = z * sqrt(p * (1 - p) / base + z * z / (4 * base * base)) / (1 + z * z / base)
    return f"{100 * p:.0f} % ({100 * (middle - half):.0f} to {100 * (middle + half):.0f}, n {base})"


def lines(found: dict[str, Pairs]) -> Iterable[str]:
    """One line a check and kind of answer."""
    for check, answers in sorted(found.items()):
        counts = Counter(ours for ours, _ in answers)
        yield f"{check}: pass {counts['pass']}, fail {counts['fail']}, unknown {counts['unknown']}"
        for state in ("fail", "unknown"):
            both = sum(ours == true == state for ours, true in answers)
            ours_so = sum(ours == state for ours, _ in answers)
            true_so = sum(true == state for _, true in answers)
            yield f"    {state}: precision {share(both, ours_so)}, recall {share(both, true_so)}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(pairs(Path(sys.argv[1])))) + "\n")
