"""Writing a note about an account, or a further version of one."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from holdfast.reports.words import clean
from holdfast.state import audit
from holdfast.state.note import LONGEST, edit, notes_of
from holdfast.state.note import write as write_note
from holdfast.web.desk import desk
from holdfast.web.login import address_of
from holdfast.web.person import person
from holdfast.web.routes import refused

from .typed import back_to, day_of, today_here, written


@require_POST
def write(request: HttpRequest, account_id: str) -> HttpResponse:
    """Keep what was written; where that cannot be, show it again with the reason, so that nothing is lost."""
    here = desk(request)
    if here.book is None or here.book.account(account_id) is None:
        return refused(request, 404)
    text, note = written(request, "text"), request.POST.get("note", "")[:32]
    day = day_of(request.POST.get("day", ""))
    if day is None or day > today_here(here):
        return _again(request, account_id, "Say about which day the note is: today, or an earlier day.", 400)
    if not text or len(text) > LONGEST:
        return _again(request, account_id, f"A note has between 1 and {LONGEST:,} characters.", 400)
    seen = request.POST.get("number", "")
    with transaction.atomic():
        if note:
            number = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
            kept = edit(note, account_id, number, day, text, person(request))
        else:
            kept = write_note(account_id, day, text, person(request))
        if kept is not None:
            audit.record(person(request), "edited" if note else "wrote", "note", account_id, fields=["day", "text"],
                         address=address_of(request))
    if kept is None:
        return _again(request, account_id, "Somebody has changed this note meanwhile. Yours is not kept yet.", 409)
    messages.info(request, "The note is changed; its earlier version is kept." if note else "The note is kept.")
    return back_to(request, account_id, "notes")


def _again(request: HttpRequest, account_id: str, problem: str, status: int) -> HttpResponse:
    wanted = request.POST.get("note", "")[:32]
    last = next((one.last for one in notes_of(account_id) if one.last.note == wanted), None)
    context = {
        "title": "Note", "problem": problem, "account_id": account_id, "text": request.POST.get("text", "")[:LONGEST],
        "day": request.POST.get("day", ""), "last": last, "now_text": clean(last.text) if last else "",
        "note_longest": LONGEST, "note_last_day": today_here(desk(request)).isoformat(),
        "back": request.POST.get("back", "")[:500],
    }
    return render(request, "holdfast/note_again.html", context, status=status)
