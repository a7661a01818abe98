"""The page of one case: what people write about it, its whole history, and the document to print."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from holdfast.reports.people import without_names
from holdfast.state import audit
from holdfast.state.case import Case
from holdfast.state.case_brief import LONGEST, AccountOutcome, Words, describe, take_back
from holdfast.state.role_given import roles_given
from holdfast.web.book import Row
from holdfast.web.case_book import cases_named
from holdfast.web.case_words import BRIEF
from holdfast.web.cases import case_context, document_context
from holdfast.web.desk import Desk, desk
from holdfast.web.login import address_of
from holdfast.web.person import person
from holdfast.web.roles import with_roles
from holdfast.web.viewer import clocks_of, viewer_of

from .typed import day_of, not_kept, written
from .values import AMOUNT

TEXTS = ("root_cause", "success_criterion", "impact", "lessons")


@require_safe
def case(request: HttpRequest, account_id: str) -> HttpResponse:
    """The case of an account, open or closed."""
    here = desk(request)
    found = case_of(here, account_id)
    context = case_context(*found, here, viewer_of(request, here), clocks_of(here))
    context["crumb_up"] = {"to": reverse("worklist"), "words": "Worklist"}
    return render(request, "holdfast/case.html", context)


@require_safe
def document(request: HttpRequest, account_id: str) -> HttpResponse:
    """The at-risk document of a case on one page."""
    here = desk(request)
    found = case_of(here, account_id)
    account = here.workspace.account(account_id).document
    account = with_roles(account if here.scope.personal else without_names(account), roles_given(account_id), here)
    context = document_context(*found, account, here, viewer_of(request, here), clocks_of(here))
    context["crumb_up"] = {"to": reverse("case", args=[account_id]), "words": "Case"}
    return render(request, "holdfast/case_document.html", context)


@require_POST
def write(request: HttpRequest, account_id: str) -> HttpResponse:
    """Keep what was written about a case."""
    here = desk(request)
    found = case_of(here, account_id)
    texts = {name: written(request, name) for name in TEXTS}
    stake, outcome = written(request, "stake"), request.POST.get("outcome", "")
    review, seen = request.POST.get("next_review", ""), request.POST.get("version", "")
    problem = ""
    if any(len(text) > LONGEST for text in texts.values()):
        problem = f"Each text has {LONGEST:,} characters at most."
    elif stake and not AMOUNT.fullmatch(stake):
        problem = "Write the revenue at stake as a number such as 12000, or leave it empty for the whole ARR."
    elif outcome not in AccountOutcome.values:
        problem = "Say what became of the account: in progress, saved or churned."
    elif review and day_of(review) is None:
        problem = "The next review needs a day, or nothing."
    if not problem:
        words = Words(**texts, stake=Decimal(stake) if stake else None, outcome=outcome, next_review=day_of(review))
        version = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
        with transaction.atomic():
            changed = describe(found[0], words, version, person(request))
            if changed:
                audit.record(person(request), "described", "case", account_id, fields=changed,
                             address=address_of(request))
        if changed is None:
            problem = "Somebody has changed the words of this case meanwhile. Yours are not kept."
    if problem:
        kept = [(BRIEF[name], text[:LONGEST]) for name, text in texts.items() if text]
        return not_kept(request, account_id, problem, kept, "case")
    messages.info(request, "Kept. What it was before stands in the history." if changed else "Nothing was changed.")
    return HttpResponseRedirect(reverse("case", args=[account_id]))


@require_POST
def undo_words(request: HttpRequest, account_id: str) -> HttpResponse:
    """Write what stood there before the own newest change of the words."""
    found = case_of(desk(request), account_id)
    with transaction.atomic():
        changed = take_back(found[0], person(request))
        if changed:
            audit.record(person(request), "took back", "case", account_id, fields=changed, address=address_of(request))
    if changed is None:
        messages.error(request, "Nothing was taken back: somebody has changed the words since.")
    else:
        messages.info(request, "Taken back. Both changes stand in the history.")
    return HttpResponseRedirect(reverse("case", args=[account_id]))


def case_of(here: Desk, account_id: str) -> tuple[Case, Row]:
    """The case of an account of the own scope with the published row; Http404 where there is none."""
    row = here.book.account(account_id) if here.book else None
    cases = cases_named(here, [account_id]) if row is not None else None
    if row is None or not cases:
        raise Http404
    return cases[0], row
