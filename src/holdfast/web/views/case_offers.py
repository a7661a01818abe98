"""Requesting a save offer or a tier change in a case, and approving or refusing it by the roles that are named."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.state import audit
from holdfast.state.case import Case
from holdfast.state.case_offer import LONGEST, TIER, OfferRequest, answer, offers_of, request_offer, withdraw
from holdfast.web.desk import desk
from holdfast.web.login import address_of
from holdfast.web.offers import fills, guide
from holdfast.web.person import person
from holdfast.web.routes import refused
from holdfast.web.tier_changes import others

from .cases import case_of
from .typed import not_kept, written


@require_POST
def ask(request: HttpRequest, account_id: str) -> HttpResponse:
    """Request an offer of the guide for the case of an account of the own scope."""
    here = desk(request)
    found = case_of(here, account_id)
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
def ask_tier(request: HttpRequest, account_id: str) -> HttpResponse:
    """Request that the account of the own scope is moved to another service tier."""
    here = desk(request)
    found = case_of(here, account_id)
    why, name = written(request, "why"), request.POST.get("tier", "")
    tier = next((one for one in others(found[1], here) if one.tier == name), None)
    if tier is None or not why or len(why) > LONGEST:
        lacking = f"Say why the tier should change, in 1 to {LONGEST:,} characters."
        return not_kept(request, account_id, "Choose another tier." if tier is None else lacking,
                        [("Reason", why[:LONGEST])], "case")
    if waits := [one.label for one in offers_of(found[0]) if one.kind == TIER and one.waits_for]:
        return not_kept(request, account_id, f"A move to {waits[0]} waits for an answer already.",
                        [("Reason", why)], "case")
    with transaction.atomic():
        request_offer(found[0], tier.tier, tier.label, tier.approval, why, person(request), TIER)
        audit.record(person(request), "requested tier", "case", account_id, fields=[tier.tier],
                     address=address_of(request))
    messages.info(request, f"Move to {tier.label}: requested.")
    return HttpResponseRedirect(reverse("case", args=[account_id]) + "#tier")


@require_POST
def say(request: HttpRequest, account_id: str) -> HttpResponse:
    """Approve or refuse a request, for a role that the signed-in person has on this account."""
    here = desk(request)
    found = case_of(here, account_id)
    asked = _meant(request, found[0])
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
                verb = f"{'approved' if agreed == 'yes' else 'refused'} {asked.kind}"
                audit.record(person(request), verb, "case", account_id, fields=[asked.offer],
                             address=address_of(request))
    if problem:
        return not_kept(request, account_id, problem, [("Reason", why[:LONGEST])], "case")
    messages.info(request, f"{asked.label}: {'approved' if agreed == 'yes' else 'refused'} for your role.")
    place = "tier" if asked.kind == TIER else "offers"
    return HttpResponseRedirect(reverse("case", args=[account_id]) + f"#{place}")


@require_POST
def take_back(request: HttpRequest, account_id: str) -> HttpResponse:
    """Withdraw an own request that nobody has decided yet."""
    found = case_of(desk(request), account_id)
    asked = _meant(request, found[0])
    with transaction.atomic():
        done = withdraw(asked, person(request))
        if done:
            audit.record(person(request), f"withdrew {asked.kind}", "case", account_id, fields=[asked.offer],
                         address=address_of(request))
    if done:
        messages.info(request, f"{asked.label}: withdrawn.")
    else:
        messages.error(request, f"{asked.label} is not withdrawn: it is decided, or somebody else asked for it.")
    return HttpResponseRedirect(reverse("case", args=[account_id]) + ("#tier" if asked.kind == TIER else "#offers"))


def _meant(request: HttpRequest, case: Case) -> OfferRequest:
    """The request of the present round that the form names; Http404 where there is none."""
    number = request.POST.get("request", "")
    named = int(number) if number.isdecimal() and len(number) <= 18 else None
    found = next((one for one in offers_of(case) if one.pk == named), None)
    if found is None:
        raise Http404
    return found
