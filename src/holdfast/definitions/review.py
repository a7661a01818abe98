"""Reviews: who looks at which findings together, and how often."""

from __future__ import annotations

from typing import Literal

from .expression import Expression
from .model import Definition
from .signal import Severity


class Review(Definition):
    """A meeting in the calendar. It looks at open findings of at least ``severity`` where ``accounts`` holds."""

    review: str
    label: str
    every: Literal["day", "week", "month", "quarter"]
    attendees: tuple[str, ...]
    looks_at: str
    severity: Severity = "medium"
    accounts: Expression | None = None
    covers: tuple[str, ...] = ()
