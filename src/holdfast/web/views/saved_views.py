"""Saving the filters of a list under a name, and deleting an own one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.state import audit
from holdfast.state.saved_view import MOST, SavedView, Shared
from holdfast.state.saved_view import delete as delete_view
from holdfast.state.saved_view import save as save_view
from holdfast.web.desk import desk
from holdfast.web.login import address_of
from holdfast.web.person import person
from holdfast.web.routes import refused
from holdfast.web.saved_views import LISTS

from .accounts import Asked as AskedAccounts
from .worklist import Asked as AskedCases

QUERY: Mapping[str, Callable[[dict[str, str]], str]] = {
    "worklist": lambda values: AskedCases.of(values).address(case=""),
    "accounts": lambda values: AskedAccounts.of(values).address(page=None),
}
"""List -> what of an address is a filter of it; all else is left out."""
LONGEST = 1_000


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save what the list shows under a name."""
    page = request.POST.get("page", "")
    if page not in LISTS or LISTS[page][0] not in desk(request).scope.areas:
        return refused(request, 404)
    query = QUERY[page](dict(parse_qsl(request.POST.get("query", "")[: 2 * LONGEST])))
    name, shared = " ".join(request.POST.get("name", "").split()), request.POST.get("shared", "")
    problem = _problem(name, query, shared)
    if not problem:
        with transaction.atomic():
            view = save_view(person(request), page, name, query, Shared(shared))
            if view:
                audit.record(person(request), "saved", "view", str(view.pk), fields=["shared"] if shared else [],
                             address=address_of(request))
        problem = "" if view else f"You have {MOST} views. Delete one first."
    if problem:
        messages.error(request, problem)
    else:
        messages.info(request, f"View “{name}” saved.")
    return HttpResponseRedirect(f"{reverse(page)}?{query}" if query else reverse(page))


@require_POST
def delete(request: HttpRequest, view_id: int) -> HttpResponse:
    """Delete an own view."""
    view = SavedView.objects.filter(pk=view_id, user=person(request)).first()
    if view is None:
        return refused(request, 404)
    with transaction.atomic():
        delete_view(person(request), view_id)
        audit.record(person(request), "deleted", "view", str(view_id), address=address_of(request))
    messages.info(request, f"View “{view.name}” deleted.")
    return HttpResponseRedirect(f"{reverse(view.page)}?{view.query}")


def _problem(name: str, query: str, shared: str) -> str:
    if not name or len(name) > 60:
        return "Give the view a name of at most 60 characters."
    if not query:
        return "Nothing is filtered yet. Filter the list, then save it as a view."
    if len(query) > LONGEST or shared not in Shared.values:
        return "This view cannot be saved: its filters are too long."
    return ""
