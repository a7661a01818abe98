"""Derivations: named steps that add columns to the rows of a record before anything is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Clock, Snapshot


@dataclass(frozen=True)
class Context:
    """What is looked at, and by which clock. For derivations, ``days`` are the as-of days with ``until``.

    ``believed_on`` is the day whose knowledge the snapshot was cut to: earlier days are then looked at with
    all that was known by that day. ``read`` names the columns that are looked at; a derivation may leave out
    others that are costly.
    """

    snapshot: Snapshot
    definitions: Definitions
    clock: Clock
    days: ir.Table | None = None
    believed_on: date | None = None
    read: frozenset[str] | None = None

    def reads(self, *columns: str) -> bool:
        """Whether any of the columns is looked at."""
        return self.read is None or not self.read.isdisjoint(columns)

    def on(self, days: Iterable[date]) -> Context:
        """The context for days other than the one that is asked about."""
        earlier = self.believed_on is not None and set(days) != {self.believed_on}
        return replace(self, clock="known") if earlier else self


Derivation = Callable[[ir.Table, Context], ir.Table]
DERIVATIONS: dict[str, Derivation] = {}
BESIDE: dict[str, tuple[str, ...]] = {}
"""Derivation -> the records that it reads beside the one whose rows it is given."""


def derivation(name: str, beside: tuple[str, ...] = ()) -> Callable[[Derivation], Derivation]:
    """Register a function that takes the as-of rows of a record and gives them with further columns.

    ``beside`` names the other records that it reads.
    """

    def register(function: Derivation) -> Derivation:
        DERIVATIONS[name], BESIDE[name] = function, beside
        return function

    return register
