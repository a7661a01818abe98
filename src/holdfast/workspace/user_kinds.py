"""What became of a user between two spans: gone, quiet, less, more, new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from holdfast.definitions.bundle import Definitions

KINDS: Mapping[str, str] = MappingProxyType({
    "left": "left the customer",
    "not_onboarded": "new, never got going",
    "quiet": "gone quiet",
    "reduced": "use it less",
    "same": "use it as before",
    "grown": "use it more",
    "returned": "came back",
    "new": "new",
})
"""Kind -> words. Each user is of one kind, the first that holds."""
FIRST_DAYS = (14, 3)


def activation(definitions: Definitions) -> tuple[int, int]:
    """How long a new user has, in days, and on how many of them it must be active to have got going."""
    over = (metric.users for metric in definitions.metrics.values())
    asked = [(one.days, one.at_least) for one in over if one is not None and one.take == "activation"]
    return asked[0] if asked else FIRST_DAYS


def kind_of(
    row: Mapping[str, Any], present: bool, since: date, end: date, rule: tuple[int, int]
) -> str:
    """The kind of a user with ``before`` and ``after`` active days; new is who first came on or after ``since``.

    A new user is judged once its first days are over: before that it is just new.

    >>> row = {"before": 6, "after": 0, "first_on": date(2025, 1, 1), "early": 5}
    >>> kind_of(row, True, date(2026, 1, 1), date(2026, 2, 25), (14, 3))
    'quiet'
    """
    days, least = rule
    change = row["after"] - row["before"]
    fresh = row["first_on"] >= since
    if not present and change < 0:
        return "left"
    if fresh and row["early"] < least and (end - row["first_on"]).days >= days - 1:
        return "not_onboarded"
    if row["after"] == 0:
        return "quiet"
    if row["before"] == 0:
        return "new" if fresh else "returned"
    return "reduced" if change < 0 else "grown" if change > 0 else "same"
