"""How the people of the company are named on pages."""

from __future__ import annotations

from holdfast.actions.owner import find

from .desk import Desk


def staff_name(email: str | None, here: Desk) -> str:
    """The name that people.yml gives somebody, else the e-mail; empty for nobody."""
    found = find(email, here.workspace.site.definitions.people) if email else None
    return (found.name if found and found.name else email) or ""
