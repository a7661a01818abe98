"""How two values of a roll-up column become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

EXACT = dt.Decimal(38, 6)


def _bit_or(value: int) -> int:
    """Bits that are set in any of the values."""
    raise NotImplementedError


def _bit_count(value: int) -> int:
    """How many bits are set."""
    raise NotImplementedError


bit_or: Callable[[ir.Value], ir.Value] = ibis.udf.agg.builtin(_bit_or, name="bit_or")
"""The engine's own aggregate: the bits that are set in any of the values."""
bit_count: Callable[[ir.Value], ir.Value] = ibis.udf.scalar.builtin(_bit_count, name="bit_count")
"""The engine's own function: how many bits are set."""


def _sum(column: ir.Value) -> ir.Value:
    kind = EXACT if isinstance(column.type(), dt.Decimal) else dt.int64
    return column.sum().cast(kind)


MERGES: Mapping[str, Callable[[ir.Value], ir.Value]] = MappingProxyType({
    "sum": _sum,
    "max": lambda column: column.max(),
    "min": lambda column: column.min(),
    "bit_or": bit_or,
})
"""Merge rule -> aggregate. Sums are of integers or decimals only, so that the order of rows does not matter."""
