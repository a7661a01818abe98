"""What is added up over all accounts about a past week stays, to the last digit, whoever comes later."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from holdfast.metrics.kernels.detect import Looks, all_index_sums, all_pool_sums
from holdfast.metrics.kernels.weekly_counts import WeeklyCounts

END = 60
"""Weeks that have passed when the sums are first asked for."""


class Here:
    """All accounts in memory."""

    def __init__(self, counts: WeeklyCounts) -> None:
        self.counts = counts

    def total(self, sums):
        return sums(self.counts)


def read(accounts: int, weeks: int, newcomers: int) -> WeeklyCounts:
    """Old accounts, the same whatever else, and newcomers whose ids lie between theirs."""
    rows = []
    for number in range(accounts + newcomers):
        luck = np.random.default_rng(number)
        level, start = luck.uniform(1, 40), 0 if number < accounts else END + number % 3
        counts = luck.poisson(level, END + 8)
        name = f"{luck.integers(10**9):09d}-{number}"
        rows += [(name, start, week, int(n)) for week, n in enumerate(counts[:weeks]) if week >= start and n]
        rows.append((name, start, -1, 0))
    rows.sort()
    columns = zip(*rows, strict=True)
    names = ("account_id", "start", "week", "n")
    kinds = (pa.string(), pa.int64(), pa.int64(), pa.int64())
    found = {n: pa.array(c, k) for n, c, k in zip(names, columns, kinds, strict=True)}
    return WeeklyCounts.read(pa.table(found), weeks)


@pytest.mark.parametrize(("accounts", "newcomers"), [(90, 25), (3000, 40)])
def test_later_weeks_and_accounts_change_no_digit(accounts, newcomers):
    before, after = read(accounts, END, 0), read(accounts, END + 8, newcomers)
    assert np.array_equal(all_index_sums(before), all_index_sums(after)[:, :END])
    ends = [40, 55, END]
    looks = Looks.of(Here(before), ends)
    sums = all_pool_sums(before, ends, looks.levels)
    assert np.array_equal(sums, all_pool_sums(after, ends, looks.levels))
    assert looks.common == Looks.of(Here(after), ends).common
    assert np.isfinite(sums).all()
    assert (sums[:, 0] > 0).all()
