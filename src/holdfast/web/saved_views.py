"""Which saved views a person finds beside a list and in the palette. A view filters; it never widens the scope."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from holdfast.definitions.people import People
from holdfast.state.saved_view import SavedView, Shared, found_by

from .desk import desk
from .person import person
from .rights import Area
from .scope import team
from .staff import staff_name

LISTS: dict[str, tuple[Area, str]] = {"worklist": ("cases", "worklist"), "accounts": ("accounts", "accounts")}
"""List -> its area, and its name in words. The key is the name of its address."""


def views_of(request: HttpRequest, page: str, query: str) -> dict[str, Any]:
    """What the part ``_views.html`` of a list shows; ``query`` is what the list shows now."""
    views = [view | {"here": view["query"] == query} for view in views_found(request) if view["page"] == page]
    return {"page": page, "query": query, "views": views, "shares": Shared.choices,
            "named": any(view["here"] for view in views)}


def views_found(request: HttpRequest) -> list[dict[str, Any]]:
    """All views that the person may use, the own ones first."""
    here, me = desk(request), person(request)
    people = here.workspace.site.definitions.people
    return [
        {
            "pk": view.pk, "page": view.page, "name": view.name, "query": view.query, "mine": view.user_id == me.pk,
            "to": f"{reverse(view.page)}?{view.query}", "where": LISTS[view.page][1],
            "by": "" if view.user_id == me.pk else staff_name(view.user.email, here),
            "shared": Shared(view.shared).label.lower() if view.shared else "",
        }
        for view in found_by(me)
        if LISTS[view.page][0] in here.scope.areas and _for(view, me.email, people)
    ]


def _for(view: SavedView, email: str, people: People) -> bool:
    """Whether a view is the own one or shared with this person."""
    by = view.user.email
    return by == email or view.shared == Shared.ALL or (view.shared == Shared.TEAM and together(by, email, people))


def together(one: str, other: str, people: People) -> bool:
    """Whether two people are of one team: one reports to the other, directly or through others, or both to the same."""
    above = {p.email.casefold(): (p.reports_to or "").casefold() for p in people.people}
    one, other = one.casefold(), other.casefold()
    same = bool(above.get(one)) and above.get(one) == above.get(other)
    return same or other in team(one, people) or one in team(other, people)
