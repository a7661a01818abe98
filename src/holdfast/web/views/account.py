"""One account: why its score is what it is, what changed, what to do; and the rows behind a metric."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from holdfast.errors import HoldfastError, UserError
from holdfast.reports.pages.account import account_context
from holdfast.reports.people import without_names
from holdfast.state.case_offer import approved_tier
from holdfast.state.green_mark import marks_of
from holdfast.state.note import notes_of
from holdfast.state.role_given import roles_given
from holdfast.state.value_asked import asked_of
from holdfast.state.value_entry import values_of
from holdfast.web.days import Days
from holdfast.web.desk import desk
from holdfast.web.green_marks import green_mark_panel
from holdfast.web.notes import note_marks, note_panel
from holdfast.web.person import person
from holdfast.web.personal_reads import reads
from holdfast.web.plays import play_marks
from holdfast.web.roles import role_panel, with_roles
from holdfast.web.routes import refused
from holdfast.web.tier_changes import approved_words
from holdfast.web.values import value_panel
from holdfast.workspace.value_records import value_records

from .nothing import nothing_yet


@require_safe
def account(request: HttpRequest, account_id: str) -> HttpResponse:
    """The account as of the published day, or of the day in the address by the clock in the address."""
    here = desk(request)
    if here.book is None:
        return nothing_yet(request, "Account")
    row = here.book.account(account_id)
    if row is None:
        return refused(request, 404)
    try:
        days = Days.of(request.GET.dict(), here.workspace.published.as_of)
        view = here.workspace.account(account_id, since=days.since, as_of=days.as_of, clock=days.clock)
    except UserError as error:
        return told(request, error, str(row["name"] or account_id))
    records = value_records(here.workspace.published, account_id, days.shown, here.scope.personal)
    document = view.document if here.scope.personal else without_names(view.document)
    if here.scope.personal:
        reads.note(person(request), account_id)
    notes, given = notes_of(account_id), roles_given(account_id)
    document = {**document, "notes": note_marks(notes, here), "plays": play_marks(account_id, here)}
    context = account_context(with_roles(document, given, here, days.as_of))
    if moved := approved_tier(account_id):
        context["placement_rows"].append(("Approved tier", moved.label, approved_words(moved, row, here)))
    context |= role_panel(context, document, given, here, days.as_of)
    context |= {
        "past": days.past,
        "days": days.shown_on(request.path, (document.get("change") or {}).get("from")),
        "rows_at": reverse("account_rows", args=[account_id, "METRIC"]).removesuffix("METRIC"),
        "rows_on": f"?{days.address(since='')}" if days.past else "",
        "crumb_up": {"to": reverse("accounts"), "words": "Accounts"},
        "back": request.GET.urlencode(),
        **green_mark_panel(marks_of(account_id), here, row),
        **value_panel(values_of(account_id), asked_of(account_id), records, here, document),
        **note_panel(notes, here, document["as_of"]),
    }
    return render(request, "holdfast/account_page.html", context)


@require_safe
def rows(request: HttpRequest, account_id: str, metric: str) -> HttpResponse:
    """The very rows from which a metric of the account was computed."""
    here = desk(request)
    row = here.book.account(account_id) if here.book else None
    if row is None:
        return refused(request, 404)
    try:
        days = Days.of(request.GET.dict(), here.workspace.published.as_of)
        found = here.workspace.rows(account_id, metric, as_of=days.as_of, clock=days.clock or "known")
    except UserError as error:
        return told(request, error, str(row["name"] or account_id))
    names = [n for n in (found[0] if found else {}) if any(row[n] is not None for row in found)]
    context = {
        "title": f"Rows of {metric}", "account_id": account_id, "metric": metric, "names": names,
        "rows": [[row[n] for n in names] for row in found[:MOST]], "count": len(found), "shown": min(len(found), MOST),
    }
    return render(request, "holdfast/rows.html", context)


MOST = 500


def told(request: HttpRequest, error: HoldfastError, name: str) -> HttpResponse:
    """The page that says what was wrong with the address, with the way back to the account called ``name``."""
    words = error.words()
    context = {
        "title": "Not possible", "words": words, "command": words["next"].startswith("holdfast "),
        "back": {"to": request.path.split("/rows/")[0], "words": name},
    }
    return render(request, "holdfast/refused.html", context, status=400)
