"""What each access role may see and do, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from holdfast.state.access import AccessRole

Rows = Literal["own", "team", "all"]
Area = Literal["cases", "accounts", "portfolio", "data", "method", "people", "audit"]


@dataclass(frozen=True)
class Rights:
    """``rows``: whose accounts; ``personal``: names and texts of the customer's people; ``areas``: which pages."""

    rows: Rows
    personal: bool
    areas: frozenset[Area]


_BOOK: frozenset[Area] = frozenset({"accounts", "portfolio", "method"})
_WORK: frozenset[Area] = _BOOK | {"cases"}

RIGHTS: dict[AccessRole, Rights] = {
    AccessRole.CSM: Rights("own", True, _WORK),
    AccessRole.ONBOARDING: Rights("own", True, _WORK),
    AccessRole.MANAGER: Rights("team", True, _WORK),
    AccessRole.EXECUTIVE: Rights("all", False, _BOOK),
    AccessRole.OPERATIONS: Rights("all", True, _WORK | {"data"}),
    AccessRole.DATA: Rights("all", False, _BOOK | {"data"}),
    AccessRole.ADMINISTRATOR: Rights("all", True, _WORK | {"data", "people", "audit"}),
}


def rights_of(role: str) -> Rights:
    """The rights of a role; a role nobody knows has none.

    >>> rights_of("manager").rows, rights_of("manager").personal
    ('team', True)
    >>> rights_of("nobody").areas
    frozenset()
    """
    try:
        return RIGHTS[AccessRole(role)]
    except ValueError:
        return Rights("own", False, frozenset())
