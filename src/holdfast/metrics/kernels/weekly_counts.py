"""Counts of accounts in complete weeks, from sparse rows to matrices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CHUNK = 2_048
"""Accounts that are looked at together: a matrix of them stays small however many there are."""
PARTS = 16
"""Sums over all accounts are added up in so many parts; an account's part depends on its id alone."""


@dataclass(frozen=True)
class WeeklyCounts:
    """Counts of accounts in the weeks 0 .. ``weeks`` - 1, kept as the cells that are not zero.

    ``start`` is each account's first whole week; before it nothing is known of the account.
    """

    accounts: pa.Array
    start: NDArray[np.int64]
    weeks: int
    row: NDArray[np.int64]
    week: NDArray[np.int64]
    count: Floats

    @classmethod
    def read(cls, table: pa.Table, weeks: int) -> WeeklyCounts:
        """From rows ``account_id``, ``start``, ``week``, ``n``, sorted by account.

        A row whose ``week`` lies outside only names its account.
        """
        ids = table["account_id"].combine_chunks().dictionary_encode()
        code = ids.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        start = np.full(len(ids.dictionary), weeks, np.int64)
        np.minimum.at(start, code, _integers(table, "start"))
        week = _integers(table, "week")
        inside = (week >= 0) & (week < weeks)
        count = _integers(table, "n").astype(np.float64)
        return cls(ids.dictionary, start, weeks, code[inside], week[inside], count[inside])

    def chunks(self) -> Iterator[tuple[slice, Floats]]:
        """Places of the accounts, and their matrix: one row a week, one column an account, NaN before its start."""
        for first in range(0, len(self.accounts), CHUNK):
            last = min(first + CHUNK, len(self.accounts))
            yield slice(first, last), self._matrix(np.arange(first, last))

    def parts(self) -> Iterator[tuple[NDArray[np.int64], Floats]]:
        """Start and matrix of the accounts of each part, by id.

        Sums of doubles depend on who is added to whom. In parts that no other account can shift, and with the
        accounts that had begun alone, a sum over past weeks stays the same to the last digit whoever comes later.
        """
        part = np.array([crc32(str(a).encode()) % PARTS for a in self.accounts.to_pylist()], np.int64)
        for number in range(PARTS):
            if len(mine := np.flatnonzero(part == number)):
                yield self.start[mine], self._matrix(mine)

    def _matrix(self, chosen: NDArray[np.int64]) -> Floats:
        place = np.full(len(self.accounts), -1)
        place[chosen] = np.arange(len(chosen))
        low, high = np.searchsorted(self.row, [chosen[0], chosen[-1] + 1])
        inside = low + np.flatnonzero(place[self.row[low:high]] >= 0)
        matrix = np.zeros((self.weeks, len(chosen)))
        matrix[self.week[inside], place[self.row[inside]]] = self.count[inside]
        matrix[np.arange(self.weeks)[:, None] < self.start[chosen]] = np.nan
        return matrix


def _integers(table: pa.Table, name: str) -> NDArray[np.int64]:
    values: NDArray[np.int64] = table[name].combine_chunks().cast(pa.int64()).to_numpy(zero_copy_only=False)
    return values


def running(values: Floats) -> Floats:
    """Sums of the rows before each row, one row more than ``values``.

    >>> running(np.array([[1.0], [2.0]])).tolist()
    [[0.0], [1.0], [3.0]]
    """
    total = np.zeros((len(values) + 1, values.shape[1]))
    for row, each in enumerate(values):
        np.add(total[row], each, out=total[row + 1])
    return total
