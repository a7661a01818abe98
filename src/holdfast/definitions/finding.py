"""What a check found: stable id, level, place, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from .place import Place

Level = Literal["error", "warning", "advice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about a definition. ``accepted`` holds the reason a file gives for living with it."""

    id: str
    level: Level
    place: Place
    what: str
    hint: str = ""
    nearest: str | None = None
    accepted: str | None = None

    def accept(self, reason: str) -> Finding:
        """The same finding, marked as accepted with ``reason``."""
        return replace(self, accepted=reason)
