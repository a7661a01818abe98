"""Bit masks: one bit for each value of a column, or for each step of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from holdfast.definitions.features import Features
from holdfast.lake import Engine

BITS = 62
Step = tuple[str | None, str | None]


class Bits:
    """Which bit stands for which value of a column, in the order in which the values were met."""

    def __init__(self, known: Mapping[str, Sequence[str]] | None = None) -> None:
        self.values = {column: list(values) for column, values in (known or {}).items()}

    def words(self) -> dict[str, int]:
        """How many words the bits of each column are spread over."""
        return {column: max(1, -(-len(values) // BITS)) for column, values in self.values.items()}

    def coded(self, engine: Engine, events: ir.Table, column: str) -> tuple[ir.Table, int]:
        """A table of the values of ``column`` with one bit each, spread over words; and how many words."""
        values = self.values.setdefault(column, [])
        met = engine.arrow(events.select(column).distinct())[column].to_pylist()
        values += sorted({v for v in met if v is not None} - set(values))
        words = self.words()[column]
        data = {f"{column}__value": pa.array(values, pa.string())}
        for word in range(words):
            bits = [1 << (i % BITS) if i // BITS == word else 0 for i in range(len(values))]
            data[f"{column}__bit{word}"] = pa.array(bits, pa.int64())
        return engine.frame(pa.table(data)), words


def steps(features: Features, which: str) -> tuple[Step, ...]:
    """The steps of the core workflow or the milestones: (event name, feature), either of which may match."""
    if which == "workflow":
        return tuple((step, step) for step in features.workflow)
    return tuple((m.name, m.feature) for m in features.milestones)


def step_bits(events: ir.Table, listed: Sequence[Step]) -> ir.IntegerValue:
    """The bits of the steps that an event takes."""
    total: ir.Value = ibis.literal(0, "int64")
    for place, (name, feature) in enumerate(listed[:BITS]):
        total = total + ibis.ifelse(_matches(events, name, feature), ibis.literal(1 << place, "int64"),
                                    ibis.literal(0, "int64"))
    return total


def _matches(events: ir.Table, name: str | None, feature: str | None) -> ir.BooleanValue:
    found = ibis.literal(False)
    if name is not None:
        found = found | (events.name == name).fill_null(False)
    if feature is not None:
        found = found | (events.feature == feature).fill_null(False)
    return found


def has_bit(mask: ir.IntegerValue, place: int) -> ir.BooleanValue:
    """Whether the bit is set; a missing mask has none."""
    bit = ibis.literal(1 << place, "int64")
    return (mask.fill_null(0) & bit) == bit
