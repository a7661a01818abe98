"""Which definitions score which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from holdfast.definitions.bundle import Definitions
from holdfast.definitions.serialise import from_text
from holdfast.state import definition_sets


def by_definitions(
    days: Sequence[date], current: Definitions, as_of: date
) -> list[tuple[Definitions, list[date]]]:
    """The days grouped by the definitions in force on them, in order of time.

    The current definitions are in force from ``as_of`` on; earlier days keep those of the last publish
    on or before them, and days before the first publish those of the first.
    """
    steps = [(first, found) for first, found in definition_sets.periods() if first < as_of]
    if not steps:
        return [(current, sorted(days))]
    groups: dict[str, tuple[Definitions, list[date]]] = {}
    for day in sorted(days):
        if day >= as_of:
            definitions = current
        else:
            found = next((f for first, f in reversed(steps) if first <= day), steps[0][1])
            definitions = current if found.hash == current.hash else from_text(found.text)
        groups.setdefault(definitions.hash, (definitions, []))[1].append(day)
    return list(groups.values())
