"""The one rule of who sees what: every page, list, count, search and export asks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfast.definitions.people import People

from .rights import Area, rights_of

if TYPE_CHECKING:
    from holdfast.state.models import User


@dataclass(frozen=True)
class Scope:
    """``owners``: the e-mails whose accounts are seen, in small letters; None: all accounts, owned or not."""

    owners: frozenset[str] | None
    personal: bool
    areas: frozenset[Area]

    def sees(self, owner: str | None) -> bool:
        """Whether accounts of ``owner`` are seen; an account without an owner only by who sees all.

        >>> Scope(frozenset({"ana@example.com"}), True, frozenset()).sees("Ana@Example.com")
        True
        >>> Scope(frozenset({"ana@example.com"}), True, frozenset()).sees(None)
        False
        """
        return self.owners is None or (owner is not None and owner.casefold() in self.owners)


def scope(user: User, people: People) -> Scope:
    """What ``user`` sees: the own book, that of the team, or all accounts."""
    rights = rights_of(user.role) if user.is_active else rights_of("")
    if rights.rows == "all":
        return Scope(None, rights.personal, rights.areas)
    mine = user.email.casefold()
    owners = {mine} | (team(mine, people) if rights.rows == "team" else set())
    return Scope(frozenset(owners), rights.personal, rights.areas)


def team(email: str, people: People) -> set[str]:
    """Everybody who reports to ``email``, directly or through others."""
    found: set[str] = set()
    todo = [email.casefold()]
    while todo:
        above = todo.pop()
        for person in people.people:
            below = person.email.casefold()
            if (person.reports_to or "").casefold() == above and below not in found:
                found.add(below)
                todo.append(below)
    return found
