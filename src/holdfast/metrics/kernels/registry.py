"""The kernels by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from .theil_sen import log_theil_sen, theil_sen

Kernel = Callable[..., NDArray[np.float64]]

KERNELS: Mapping[str, Kernel] = MappingProxyType({"theil_sen": theil_sen, "log_theil_sen": log_theil_sen})
"""Each takes a matrix (one row a case, one column a week, oldest first) and gives one number a row."""
