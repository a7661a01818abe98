"""Correlations between columns of points, pairwise complete, the same whatever the order of the rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

STEP = 1000.0
MIDDLE = 50.0
ROWS = 1 << 16
"""Points are counted in thousandths from the middle: sums over this many rows are exact in a double."""
BLOCK = 96
"""Rows multiplied at once: so few that the library does not spread them over threads, which wait for each other."""
FEWEST = 3


@dataclass(frozen=True)
class Correlations:
    """``r[i][j]`` between two columns and ``n[i][j]`` the rows where both are known.

    ``r`` is None under three such rows and where a column does not vary over them.
    """

    names: tuple[str, ...]
    r: list[list[float | None]]
    n: list[list[int]]

    def of(self, names: Sequence[str]) -> Correlations:
        """The part between the named columns."""
        places = [self.names.index(name) for name in names]
        return Correlations(
            tuple(names),
            [[self.r[i][j] for j in places] for i in places],
            [[self.n[i][j] for j in places] for i in places],
        )

    def above(self, least: float) -> list[dict[str, Any]]:
        """The pairs with an absolute correlation above ``least``, strongest first."""
        pairs = [
            {"a": a, "b": b, "r": r, "n": self.n[i][j]}
            for i, a in enumerate(self.names)
            for j, b in enumerate(self.names[:i])
            if (r := self.r[i][j]) is not None and abs(r) > least
        ]
        return sorted(pairs, key=lambda p: (-abs(p["r"]), p["a"], p["b"]))


def correlations(table: pa.Table) -> Correlations:
    """Pearson's correlation of every pair of columns of points from 0 to 100.

    >>> found = correlations(pa.table({"a": [0.0, 50.0, 100.0, None], "b": [10.0, 20.0, 30.0, 5.0]}))
    >>> found.r[0][1], found.n[0][1], found.n[1][1]
    (1.0, 3, 4)
    """
    width = table.num_columns
    both, one, squares, products = (np.zeros((width, width), dtype=np.int64) for _ in range(4))
    for part in table.to_batches(max_chunksize=ROWS):
        values, known = _counted(part)
        both += _exact(known, known)
        one += _exact(values, known)
        squares += _exact(values * values, known)
        products += _exact(values, values)
    r = [
        [
            _pearson(
                int(both[i, j]),
                int(one[i, j]),
                int(one[j, i]),
                int(squares[i, j]),
                int(squares[j, i]),
                int(products[i, j]),
            )
            for j in range(width)
        ]
        for i in range(width)
    ]
    return Correlations(tuple(table.column_names), r, [[int(n) for n in row] for row in both])


def _counted(part: pa.RecordBatch) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """By block, a row a column: points in thousandths from the middle, 0 where unknown; and 1 where known."""
    blocks = -(-part.num_rows // BLOCK)
    raw = np.full((part.num_columns, blocks * BLOCK), np.nan)
    for row, column in zip(raw, part.columns, strict=True):
        row[: part.num_rows] = column.to_numpy(zero_copy_only=False)
    values = np.ascontiguousarray(raw.reshape(part.num_columns, blocks, BLOCK).swapaxes(0, 1))
    known = ~np.isnan(values)
    values -= MIDDLE
    values *= STEP
    np.rint(values, out=values)
    values[~known] = 0.0
    return values, known.astype(np.float64)


def _exact(left: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Sums of products of whole numbers, block by block."""
    sums: npt.NDArray[np.float64] = (left @ right.swapaxes(1, 2)).sum(axis=0)
    return sums.astype(np.int64)


def _pearson(n: int, x: int, y: int, xx: int, yy: int, xy: int) -> float | None:
    """From exact sums, so that only the last steps round."""
    spread = (n * xx - x * x) * (n * yy - y * y)
    if n < FEWEST or spread <= 0:
        return None
    return max(-1.0, min(1.0, (n * xy - x * y) / math.sqrt(spread)))
