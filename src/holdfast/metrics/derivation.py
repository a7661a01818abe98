"""Derivations: named steps that add columns to the rows of a record before anything is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir

from holdfast.definitions.bundle import Definitions
from holdfast.lake import Clock, Snapshot


@dataclass(frozen=True)
class Context:
    """What is looked at, and by which clock. For derivations, ``days`` are the as-of days with ``until``."""

    snapshot: Snapshot
    definitions: Definitions
    clock: Clock
    days: ir.Table | None = None


Derivation = Callable[[ir.Table, Context], ir.Table]
DERIVATIONS: dict[str, Derivation] = {}


def derivation(name: str) -> Callable[[Derivation], Derivation]:
    """Register a function that takes the as-of rows of a record and gives them with further columns."""

    def register(function: Derivation) -> Derivation:
        DERIVATIONS[name] = function
        return function

    return register
