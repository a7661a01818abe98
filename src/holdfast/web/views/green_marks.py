"""Marking a green account as investigated."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from holdfast.state import audit
from holdfast.state.green_mark import LONGEST, mark
from holdfast.web.desk import desk
from holdfast.web.green_marks import AT_MOST
from holdfast.web.login import address_of
from holdfast.web.person import person
from holdfast.web.routes import refused

from .typed import back_to, day_of, not_kept, today_here, written


@require_POST
def investigated(request: HttpRequest, account_id: str) -> HttpResponse:
    """Keep what was found of an account that is green as published."""
    here = desk(request)
    row = here.book.account(account_id) if here.book else None
    if row is None:
        return refused(request, 404)
    found, safe = written(request, "found"), request.POST.get("safe", "")
    until, today = day_of(request.POST.get("until", "")), today_here(here)
    problem = ""
    if row["color"] != "green":
        problem = "The account is not green any more: there is no green to investigate. A note may hold what you found."
    elif not found or len(found) > LONGEST:
        problem = f"Say what was found, in 1 to {LONGEST:,} characters."
    elif safe not in ("yes", "no"):
        problem = "Say whether green is safe here or not."
    elif until is None or not timedelta(0) <= until - today <= AT_MOST:
        problem = "Say until when this holds: from today on, for a year at most."
    if problem or until is None:
        return not_kept(request, account_id, problem, [("What was found", found[:LONGEST])])
    seen = (date.fromisoformat(str(row["as_of"])), str(row["band"]))
    with transaction.atomic():
        mark(account_id, found, safe == "yes", until, seen, person(request))
        audit.record(person(request), "investigated", "account", account_id, fields=["found", "safe", "expires_on"],
                     address=address_of(request))
    messages.info(request, "The investigation is kept. It changes no check and no score.")
    return back_to(request, account_id, "green")
