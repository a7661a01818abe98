"""Who takes a step: the service role that a signal asks, and the person who fills it for the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.definitions.people import People, Person


def person_for(role: str, row: Mapping[str, Any], people: People) -> str | None:
    """E-mail of who fills ``role`` for the account in ``row`` (with ``owner`` and ``manager`` e-mails).

    CSM is the owner of the account; manager the manager of the account, else whom the owner reports to;
    every other role the one named in people.yml, else the first person who has it.

    >>> person_for("CSM", {"owner": "ana@example.com"}, People())
    'ana@example.com'
    """
    owner = row.get("owner")
    if role == "CSM":
        return owner or people.roles.get(role)
    if role == "manager":
        nearer = row.get("manager") or _reports_to(owner, people)
        if nearer:
            return str(nearer)
    named = people.roles.get(role)
    if named:
        return named
    return next((p.email for p in people.people if role in p.roles), None)


def find(email: str | None, people: People) -> Person | None:
    """The person with this e-mail, letter case aside."""
    wanted = (email or "").casefold()
    return next((p for p in people.people if p.email.casefold() == wanted), None)


def _reports_to(email: str | None, people: People) -> str | None:
    person = find(email, people)
    return person.reports_to if person else None
