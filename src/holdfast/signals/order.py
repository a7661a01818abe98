"""The order of signals: each after those that its conditions name."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.definitions.signal import Signal


def levels(signals: Mapping[str, Signal]) -> list[list[Signal]]:
    """Groups of signals, each of which needs only the groups before it. There is no circle: `check` refuses it.

    >>> levels({})
    []
    """
    depth: dict[str, int] = {}

    def found(name: str) -> int:
        if name not in depth:
            below = signals[name].names & signals.keys()
            depth[name] = max((found(other) for other in sorted(below)), default=-1) + 1
        return depth[name]

    for name in signals:
        found(name)
    return [[signals[n] for n in signals if depth[n] == d] for d in range(max(depth.values(), default=-1) + 1)]


def components(signals: Mapping[str, Signal]) -> set[str]:
    """Signals that the conditions of others name."""
    return {name for one in signals.values() for name in one.names if name in signals}
