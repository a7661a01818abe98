"""How many cases a week somebody can take on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from holdfast.definitions.bundle import Definitions

from .owner import find


def capacity_of(definitions: Definitions, staff: Mapping[Any, str] | None = None) -> Callable[[Any], int]:
    """Owner -> cases a week: that of the person in people.yml, else the usual one of holdfast.yml.

    With ``staff`` owners are keys, which it turns into e-mails; without it they are e-mails.
    """
    def found(owner: Any) -> int:
        email = staff.get(owner) if staff is not None else owner
        person = find(email, definitions.people) if email else None
        return (person.capacity if person else None) or definitions.settings.work.capacity

    return found
