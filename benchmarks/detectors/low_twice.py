"""How often the signal ``usage_stays_low`` opens by chance: unchanged use, each cell of mean and scatter.

    python benchmarks/detectors/low_twice.py [account-months a cell, 20000]

The condition is that of the shipped signal, at two weekly looks in a row; there is no control over accounts.
"""

from __future__ import annotations

import sys

import numpy as np
from error_rates import HISTORY, Flags, Rate, rate, values
from usage_simulator import CELLS, World, counts

ACCOUNTS = 1000


def low_twice(world: World, months: int, seed: int) -> Rate:
    """Account-months in which the signal opened, among accounts to which nothing happens."""
    weeks = 4 * max(1, round(months / ACCOUNTS)) + 2
    weekly = counts(np.random.default_rng(seed), world, ACCOUNTS, HISTORY + weeks)
    _, found = values(weekly, range(HISTORY, HISTORY + weeks))
    decline, effect = found["decline_p"], found["effect"]
    slow, since = found["slow_p"], found["slow_effect"]
    one: Flags = (decline <= 0.01) & (effect <= -0.4)
    one |= (decline <= 0.1) & (effect <= -0.25) & (slow <= 0.03) & (since <= -0.25)
    return rate(one[1:] & one[:-1])


def main(months: int) -> None:
    """Print each cell."""
    for seed, (mean, cv) in enumerate(CELLS):
        found = low_twice(World(mean, cv), months, seed)
        print(f"mean {mean:g} a week, CV {cv:g}: {found.share:.2%} an account-month, to {found.upper:.2%}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
