"""What a cast is: SQL for the value and SQL for the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cast:
    """A cast of one text column.

    ``step`` is SQL over the text column; its outcome stands under the text's name with an ``s`` behind it
    when the other parts are computed. ``value`` is SQL for the typed value, which stands under the text's
    name with a ``v`` behind it for ``reason``: SQL that gives null for a good value (and for an empty one)
    and otherwise a reason of the closed list. ``zoned`` is SQL that
    says, for times only, whether the value is already in UTC.
    """

    step: str
    value: str
    reason: str
    zoned: str | None = None
