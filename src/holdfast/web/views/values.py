"""The value ledger: proposing, rewording, confirming and ending an entry; noting that the value question was asked."""

from __future__ import annotations

import re
from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from holdfast.definitions.currencies import CURRENCIES
from holdfast.state import audit
from holdfast.state.value_asked import ValueAnswer, ask
from holdfast.state.value_entry import Claim, ValuePeriod, ValueRevision, confirm, expire, propose, reword
from holdfast.web.desk import desk
from holdfast.web.login import address_of
from holdfast.web.person import person
from holdfast.web.routes import refused

from .typed import back_to, day_of, not_kept, today_here, written

AMOUNT = re.compile(r"\d{1,15}(\.\d{1,2})?")
LONGEST, NAME = 300, 200
SAID = {"propose": "The entry is kept as proposed.", "reword": "The entry is changed and proposed again.",
        "confirm": "The entry is confirmed.", "expire": "The entry has ended."}


class NotSaid(ValueError):
    """A form lacks what the step needs; the text says what."""


@require_POST
def act(request: HttpRequest, account_id: str) -> HttpResponse:
    """One step of one entry of an account of the own scope."""
    here, doing = desk(request), request.POST.get("act", "")
    if here.book is None or here.book.account(account_id) is None:
        return refused(request, 404)
    if doing not in SAID:
        return refused(request, 400)
    typed = [(words, written(request, name)[:LONGEST]) for words, name in (
        ("What improved", "what"), ("Amount", "amount"), ("Who said it", "said_by"), ("Who confirmed it", "by"))]
    try:
        with transaction.atomic():
            if _done(request, account_id, doing) is None:
                raise NotSaid("Somebody has changed this entry meanwhile, or it is not there. Nothing was changed.")
            audit.record(person(request), f"value: {doing}", "account", account_id, address=address_of(request))
    except NotSaid as error:
        return not_kept(request, account_id, str(error), [(words, text) for words, text in typed if text])
    messages.info(request, SAID[doing])
    return back_to(request, account_id, "value")


@require_POST
def asked(request: HttpRequest, account_id: str) -> HttpResponse:
    """Note that somebody asked whether the product is worth more than its price."""
    here = desk(request)
    if here.book is None or here.book.account(account_id) is None:
        return refused(request, 404)
    on, of, answer = day_of(request.POST.get("on", "")), written(request, "of"), request.POST.get("answer", "")
    evidence, problem = written(request, "evidence"), ""
    if on is None or on > today_here(here):
        problem = "Say on which day it was asked: today, or an earlier day."
    elif not of or len(of) > NAME:
        problem = "Say who of the customer was asked."
    elif answer not in ValueAnswer.values:
        problem = "Say what was answered."
    elif len(evidence) > 2_000:
        problem = "The reasons have 2,000 characters at most."
    if problem or on is None:
        return not_kept(request, account_id, problem, [("Who was asked", of[:NAME]), ("Reasons", evidence[:2_000])])
    with transaction.atomic():
        ask(account_id, on, of, ValueAnswer(answer), evidence, person(request))
        audit.record(person(request), "value question", "account", account_id,
                     fields=["asked_on", "asked_of", "answer", "evidence"], address=address_of(request))
    messages.info(request, "The question and its answer are kept.")
    return back_to(request, account_id, "value")


def _done(request: HttpRequest, account_id: str, doing: str) -> ValueRevision | None:
    user, entry, seen = person(request), request.POST.get("entry", "")[:32], _number(request.POST.get("number", ""))
    if doing == "propose":
        return propose(account_id, _claim(request), user)
    if doing == "reword":
        return reword(entry, account_id, seen, _claim(request), user)
    if doing == "expire":
        return expire(entry, account_id, seen, user)
    by, on = written(request, "by"), day_of(request.POST.get("on", ""))
    ends = request.POST.get("until", "")
    until, today = day_of(ends), today_here(desk(request))
    if not by or len(by) > NAME:
        raise NotSaid("Say who of the customer confirmed it.")
    if on is None or on > today:
        raise NotSaid("Say on which day it was confirmed: today, or an earlier day.")
    if ends and (until is None or until < today):
        raise NotSaid("It holds until today or a later day; leave the day empty where it has no end.")
    return confirm(entry, account_id, seen, by, on, until, user)


def _claim(request: HttpRequest) -> Claim:
    what, said_by, amount = written(request, "what"), written(request, "said_by"), written(request, "amount")
    currency, period = written(request, "currency").upper(), request.POST.get("period", "")
    if not what or len(what) > LONGEST:
        raise NotSaid(f"Say what improved, in 1 to {LONGEST} characters.")
    if not said_by or len(said_by) > NAME:
        raise NotSaid("Say who said it.")
    if period not in ValuePeriod.values:
        raise NotSaid("Say for which time the value is meant.")
    if not amount:
        return Claim(what, None, "", ValuePeriod(period), said_by)
    if not AMOUNT.fullmatch(amount) or not Decimal(amount):
        raise NotSaid("Write the amount as a number above zero such as 12000 or 12000.50, or leave it empty.")
    if currency not in CURRENCIES:
        raise NotSaid("Write the currency of the amount in three letters, such as EUR.")
    return Claim(what, Decimal(amount), currency, ValuePeriod(period), said_by)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
