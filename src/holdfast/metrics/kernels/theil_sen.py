"""The robust slope of Theil and Sen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def theil_sen(series: NDArray[np.float64], at_least: int = 6) -> NDArray[np.float64]:
    """Median of the slopes between all pairs of points, for every row of ``series`` (oldest first).

    Missing points are NaN; a row with fewer than ``at_least`` points gives NaN. The unit is one step.

    >>> theil_sen(np.array([[0.0, 1.0, 2.0, 9.0]]), at_least=3)
    array([2.])
    """
    width = series.shape[1]
    if width < 2 or len(series) == 0:
        return np.full(len(series), np.nan)
    early, late = np.triu_indices(width, 1)
    slopes = (series[:, late] - series[:, early]) / (late - early)
    enough = np.isfinite(series).sum(axis=1) >= max(at_least, 2)
    result = np.full(len(series), np.nan)
    if enough.any():
        result[enough] = np.nanmedian(slopes[enough], axis=1)
    return result


def log_theil_sen(series: NDArray[np.float64], at_least: int = 6) -> NDArray[np.float64]:
    """Theil-Sen slope of log(1 + value): a relative change a step that one wild week does not move.

    >>> round(float(log_theil_sen(np.array([[7.0, 3.0, 1.0]]), at_least=3)[0]), 6)
    -0.693147
    """
    return theil_sen(np.log1p(series), at_least)
