"""What the worklist does to cases: resolve, snooze, assign, log, pause, steps, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.clock import now
from holdfast.reports.words import day_short, plural
from holdfast.state import audit, case_acts
from holdfast.state.case import Case, CaseState, Outcome
from holdfast.web.case_book import cases_named
from holdfast.web.desk import Desk, desk
from holdfast.web.login import address_of
from holdfast.web.person import person
from holdfast.web.routes import refused
from holdfast.web.staff import takers
from holdfast.web.viewer import clocks_of

MOST = 200
LONGEST = 2_000
JUDGED = tuple(outcome for outcome in Outcome if outcome != Outcome.CLEARED)


class NotSaid(ValueError):
    """A form lacks what the act needs; the text says what."""


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do one thing to one or many cases of the own scope, then show the worklist as it was."""
    here = desk(request)
    cases = cases_named(here, request.POST.getlist("case")[:MOST])
    doing = ACTS.get(request.POST.get("act", ""))
    if doing is None or not cases:
        return refused(request, 404 if doing else 400)
    try:
        with transaction.atomic():
            batch, words = doing(request, here, cases)
            for case in cases:
                audit.record(person(request), request.POST["act"], "case", case.key, address=address_of(request))
    except NotSaid as error:
        messages.error(request, str(error))
        return _back(request, request.POST.get("case", ""))
    request.session["undo"] = {"batch": batch, "words": words, "at": now().isoformat(), "seen": False}
    return _back(request, request.POST.get("next", ""))


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what the person's own click did."""
    batch = request.POST.get("batch", "")
    request.session.pop("undo", None)
    with transaction.atomic():
        count = case_acts.undo(batch, person(request)) if batch else 0
        if count:
            audit.record(person(request), "took back", "case", batch, address=address_of(request))
    messages.info(request, f"Taken back for {plural(count, 'case')}." if count else
                  "Nothing was taken back: somebody has changed the case since.")
    return _back(request, "")


def _resolve(request: HttpRequest, here: Desk, cases: list[Case]) -> tuple[str, str]:
    outcome = request.POST.get("outcome", "")
    if outcome not in JUDGED:
        raise NotSaid("Say how it ended: acted, not a risk, already known, or wrong data.")
    batch = case_acts.resolve(_open(cases), Outcome(outcome), person(request))
    return batch, f"{_which(here, cases)} resolved as {Outcome(outcome).label.lower()}"


def _snooze(request: HttpRequest, here: Desk, cases: list[Case]) -> tuple[str, str]:
    clocks = clocks_of(here)
    try:
        until = date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        raise NotSaid("Say until which day to snooze.") from None
    today, reason = clocks.today(now()), request.POST.get("reason", "").strip()[:300]
    if not today < until <= today + timedelta(days=366):
        raise NotSaid("Choose a day after today, within a year.")
    if not reason:
        raise NotSaid("Say why it can wait.")
    worse = request.POST.get("worse") == "yes"
    batch = case_acts.snooze(_open(cases), until, reason, worse, person(request),
                             lambda case: clocks.morning(case.owner, until))
    return batch, f"{_which(here, cases)} snoozed until {day_short(until, today)}"


def _assign(request: HttpRequest, here: Desk, cases: list[Case]) -> tuple[str, str]:
    to = request.POST.get("to", "").strip().lower()
    for case in cases:
        row = here.book.account(case.key) if here.book else None
        if row is None or to not in (mail.lower() for mail, _ in takers(here, row["owner"])):
            raise NotSaid("This person may not see every one of these accounts, or has no login.")
    return case_acts.assign(_open(cases), to, person(request)), f"{_which(here, cases)} assigned to {to}"


def _touch(request: HttpRequest, here: Desk, cases: list[Case]) -> tuple[str, str]:
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "").strip()[:LONGEST]
    if kind not in case_acts.TOUCHES or len(cases) != 1:
        raise NotSaid("Say what it was: a call, an e-mail, a meeting, or a note.")
    if kind == "note" and not text:
        raise NotSaid("A note needs its text.")
    return case_acts.touch(cases[0], kind, text, person(request)), f"{_which(here, cases)}: {kind} logged"


def _pause(request: HttpRequest, here: Desk, cases: list[Case]) -> tuple[str, str]:
    reason = request.POST.get("reason", "").strip()[:300]
    if not reason or len(cases) != 1:
        raise NotSaid("Say for what the clock has to wait.")
    return case_acts.pause(cases[0], reason, person(request)), f"{_which(here, cases)}: clock paused"


def _resume(request: HttpRequest, here: Desk, cases: list[Case]) -> tuple[str, str]:
    if len(cases) != 1:
        raise NotSaid("One clock at a time.")
    batch = case_acts.resume(cases[0], person(request), clocks_of(here).shift)
    return batch, f"{_which(here, cases)}: clock goes on"


def _task(request: HttpRequest, here: Desk, cases: list[Case]) -> tuple[str, str]:
    number = request.POST.get("task", "")
    task = cases[0].tasks.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if task is None or len(cases) != 1:
        raise NotSaid("This step is not in the case.")
    done = request.POST.get("done") == "yes"
    return case_acts.do_task(task, done, person(request)), f"Step {'done' if done else 'open again'}: {task.do}"


ACTS: dict[str, Callable[[HttpRequest, Desk, list[Case]], tuple[str, str]]] = {
    "resolve": _resolve, "snooze": _snooze, "assign": _assign, "touch": _touch, "pause": _pause, "resume": _resume,
    "task": _task,
}


def _open(cases: list[Case]) -> list[Case]:
    if any(case.state == CaseState.CLOSED for case in cases):
        raise NotSaid("Somebody has closed a case meanwhile. Nothing was changed.")
    return cases



def _which(here: Desk, cases: list[Case]) -> str:
    if len(cases) > 1:
        return plural(len(cases), "case")
    row = here.book.account(cases[0].key) if here.book else None
    return str((row and row["name"]) or cases[0].key)


def _back(request: HttpRequest, chosen: str) -> HttpResponseRedirect:
    """To the worklist with the filters it had. Only the known words of its address are taken over."""
    known = ("q", "owner", "segment", "value_tier", "severity", "all")
    kept = [(k, v) for k, v in parse_qsl(request.POST.get("back", "")[:2_000]) if k in known]
    query = urlencode([*kept, *([("case", chosen)] if chosen else [])])
    return HttpResponseRedirect(reverse("worklist") + (f"?{query}" if query else ""))
