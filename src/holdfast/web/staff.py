"""The people of the company: how pages name them, and who can take a case."""

from __future__ import annotations

from holdfast.state.models import User

from .desk import Desk
from .scope import scope


def staff_name(email: str | None, here: Desk) -> str:
    """The name that people.yml gives somebody, else the e-mail; empty for nobody."""
    if not email:
        return ""
    people = here.workspace.site.definitions.people.people
    names = here.workspace.published.kept("staff names", lambda: {p.email.casefold(): p.name for p in reversed(people)})
    return names.get(email.casefold()) or email


def takers(here: Desk, owner: str | None) -> list[tuple[str, str]]:
    """Who can take a case of ``owner``'s account: e-mail and name of people with a login who may see it."""
    people = here.workspace.site.definitions.people
    scopes = ((user.email, scope(user, people)) for user in User.objects.filter(is_active=True).order_by("email"))
    return [(mail, staff_name(mail, here)) for mail, theirs in scopes if "cases" in theirs.areas and theirs.sees(owner)]
