"""Requesting a save offer in a case, and approving or refusing it by the role that the guide names."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.state import audit
from holdfast.state.case_offer import LONGEST, answer, offers_of, request_offer
from holdfast.web.desk import desk
from holdfast.web.login import address_of
from holdfast.web.offers import fills, guide
from holdfast.web.person import person
from holdfast.web.routes import refused

from .cases import case_of
from .typed import not_kept, written


@require_POST
def ask(request: HttpRequest, account_id: str) -> HttpResponse:
    """Request an offer of the guide for the case of an account of the own scope."""
    here = desk(request)
    found = case_of(here, account_id)
    if found is None:
        return refused(request, 404)
    terms, name = written(request, "terms"), request.POST.get("offer", "")
    offer = next((one for one, _ in guide(found[1], here) if one.offer == name), None)
    if offer is None or not terms or len(terms) > LONGEST:
        lacking = f"Say what is offered, in 1 to {LONGEST:,} characters."
        problem = "Choose an offer of the guide." if offer is None else lacking
        return not_kept(request, account_id, problem, [("Terms", terms[:LONGEST])], "case")
    with transaction.atomic():
        request_offer(found[0], offer.offer, offer.label, offer.approval, terms, person(request))
        audit.record(person(request), "requested offer", "case", account_id, fields=[offer.offer],
                     address=address_of(request))
    messages.info(request, f"{offer.label}: requested.")
    return HttpResponseRedirect(reverse("case", args=[account_id]) + "#offers")


@require_POST
def say(request: HttpRequest, account_id: str) -> HttpResponse:
    """Approve or refuse a request, for a role that the signed-in person has on this account."""
    here = desk(request)
    found = case_of(here, account_id)
    number = request.POST.get("request", "")
    asked = None
    if found is not None and number.isdecimal() and len(number) < 19:
        asked = next((one for one in offers_of(found[0]) if one.pk == int(number)), None)
    if found is None or asked is None:
        return refused(request, 404)
    role, agreed, why = request.POST.get("role", ""), request.POST.get("agreed", ""), written(request, "why")
    if not fills(role, person(request).email, found[1], here):
        return refused(request, 403)
    problem = ""
    if agreed not in ("yes", "no"):
        problem = "Approve or refuse."
    elif len(why) > LONGEST or (agreed == "no" and not why):
        problem = f"A refusal needs its reason, in 1 to {LONGEST:,} characters."
    else:
        with transaction.atomic():
            if answer(asked, role, agreed == "yes", why, person(request)) is None:
                problem = "This request does not wait for your answer any more."
            else:
                audit.record(person(request), "approved offer" if agreed == "yes" else "refused offer", "case",
                             account_id, fields=[asked.offer], address=address_of(request))
    if problem:
        return not_kept(request, account_id, problem, [("Reason", why[:LONGEST])], "case")
    messages.info(request, f"{asked.label}: {'approved' if agreed == 'yes' else 'refused'} for your role.")
    return HttpResponseRedirect(reverse("case", args=[account_id]) + "#offers")
