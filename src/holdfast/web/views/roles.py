"""Setting the roles of a customer's person in the people map."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from holdfast.records.contact import ROLES
from holdfast.state import audit
from holdfast.state.role_given import give
from holdfast.web.desk import desk
from holdfast.web.login import address_of
from holdfast.web.person import person
from holdfast.web.routes import refused

from .typed import back_to


@require_POST
def assign(request: HttpRequest, account_id: str) -> HttpResponse:
    """Keep the roles that were ticked for one person of an account of the own scope, or let the records hold again."""
    here = desk(request)
    if here.book is None or here.book.account(account_id) is None:
        return refused(request, 404)
    people = here.workspace.account(account_id).document.get("people") or {}
    contact = request.POST.get("contact", "")
    if contact not in {str(one.get("key")) for one in people.get("contacts") or []}:
        return refused(request, 404)
    ticked = set(request.POST.getlist("role"))
    roles = None if request.POST.get("act") == "recorded" else [role for role in ROLES if role in ticked]
    with transaction.atomic():
        kept = give(account_id, contact, roles, person(request))
        if kept is not None:
            audit.record(person(request), "set roles", "contact", account_id,
                         fields=["as recorded"] if roles is None else roles or ["no role"], address=address_of(request))
    messages.info(request, "Nothing was changed." if kept is None else
                  "The roles are kept; the map shows them, the score does not read them.")
    return back_to(request, account_id, "people")
