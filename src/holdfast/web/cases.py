"""The page of one case, and its document for people who decide: what is the matter, why, and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.charts.number import number
from holdfast.reports.frame import chip
from holdfast.reports.people import SEAT_WORDS
from holdfast.reports.user_segments import head_line as users_line
from holdfast.reports.words import clean, day_full, day_short, money, name_words, plural
from holdfast.state.case import Case, CaseEvent, CaseState
from holdfast.state.case_brief import LONGEST, AccountOutcome, brief_of, may_take_back
from holdfast.state.models import User
from holdfast.workspace.clocks import Clocks

from .book import Row
from .case_panel import evidence_of, tasks_of
from .case_words import BRIEF, history_line
from .desk import Desk
from .offers import offer_panel
from .sections import Viewer
from .staff import staff_name
from .tier_changes import tier_panel


def case_context(case: Case, row: Row, here: Desk, who: Viewer, clocks: Clocks) -> dict[str, Any]:
    """What the page of a case shows: the words with their form, findings, steps, and the whole history."""
    row = clean(row)
    words, version = brief_of(case)
    zone = clocks.hours(case.owner).zone
    staff = dict(User.objects.values_list("pk", "email"))
    events = case.events.order_by("-pk")
    return {
        "title": "Case", "case_key": case.key, "name": row["name"] or case.key, "chip": chip(row),
        "facts": _facts(case, row, here), "said": said(case, row, here, who), "words": words, "version": version,
        "may_undo_words": may_take_back(case, User.objects.get(email=who.email)),
        "outcomes": AccountOutcome.choices, "longest": LONGEST, "today": who.today.isoformat(),
        "currency": here.workspace.site.definitions.settings.currency,
        "evidence": evidence_of(row), "tasks": tasks_of(case, who, here), **offer_panel(case, row, here, who),
        **tier_panel(case, row, here, who),
        "history": [{**history_line(one, zone, who.moment, staff), "changes": _changes(one)} for one in events],
    }


def said(case: Case, row: Mapping[str, Any], here: Desk, who: Viewer) -> list[tuple[str, str]]:
    """Each field with its words; what nobody wrote says so."""
    words, _ = brief_of(case)
    currency = here.workspace.site.definitions.settings.currency
    if words.stake is not None:
        stake = f"{money(words.stake, currency)} a year"
    else:
        stake = "unknown" if row.get("arr") is None else f"{money(round(row['arr']), currency)} a year, all of the ARR"
    values = {
        "stake": stake, "outcome": AccountOutcome(words.outcome).label,
        "next_review": day_full(words.next_review) if words.next_review else "",
    }
    return [(label, str(clean(values.get(name, getattr(words, name)) or "Not written yet")))
            for name, label in BRIEF.items()]


def document_context(
    case: Case, row: Row, account: Mapping[str, Any], here: Desk, who: Viewer, clocks: Clocks
) -> dict[str, Any]:
    """What the document of a case shows. ``account``: the account document of the published day."""
    context = case_context(case, row, here, who, clocks)
    change = account.get("change") or {}
    score, before = account.get("score"), change.get("from_score")
    now_words = "not scored" if score is None else f"{number(score, 1)} of 100, {context['chip']['word'].lower()}"
    was = f"was {number(before, 1)} on {day_short(change['from'], account['as_of'])}" if before is not None else ""
    told = dict(context["said"])
    return context | {
        "title": "At-risk document", "as_of_words": day_full(account["as_of"]), "printed": day_full(who.today),
        "top": [
            *context["facts"], ("Health", ", ".join(part for part in (now_words, was) if part)),
            ("Revenue at stake", told["Revenue at stake"]), ("Outcome of the account", told["Outcome of the account"]),
            ("Next review", told["Next review"]),
        ],
        "told": [(name, told[name]) for name in ("Root cause", "Impact")],
        "after": [(name, told[name]) for name in ("Success criterion", "Lessons")],
        "stakeholders": stakeholders(account),
    }


def stakeholders(account: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Champion, sponsor and who decides the money, each with how they stand; then those who use it."""
    people = account.get("people") or {}
    contacts = {one["person"]: one for one in people.get("contacts") or []}
    found = []
    for seat in people.get("seats") or []:
        title = SEAT_WORDS[seat["seat"]][0]
        if seat["state"] == "role not recorded":
            found.append((title, "Unknown: nobody recorded who has this role"))
        elif seat["state"] == "empty":
            found.append((title, "Nobody: the seat is empty"))
        else:
            found.append((title, "; ".join(_stands(contacts[name], account["as_of"]) for name in seat["people"])))
    if not found:
        found.append(("People", f"Unknown: {people.get('why') or 'no seats are known'}"))
    return [*found, ("Users", users_line(account) or "Unknown: no use is recorded by user")]


def _stands(one: Mapping[str, Any], as_of: str) -> str:
    name = one["name"] or f"Person {str(one['person']).removeprefix('p')}"
    if not one["present"]:
        return f"{name} has left" + (f", {day_short(one['departed_on'], as_of)}" if one["departed_on"] else "")
    days = one["days_since_two_way"]
    last = "never in touch" if days is None else f"in touch {plural(days, 'day')} ago" if days else "in touch today"
    return f"{name}, {last}"


def _facts(case: Case, row: Mapping[str, Any], here: Desk) -> list[tuple[str, str]]:
    currency = here.workspace.site.definitions.settings.currency
    state = CaseState(case.state).label
    return [
        ("ARR", "unknown" if row.get("arr") is None else money(round(row["arr"]), currency)),
        ("Renews", day_short(row["renews_on"], row["as_of"]) if row.get("renews_on") else "unknown"),
        ("Risk", f"{name_words(case.severity)}, case {state.lower()}"),
        ("Found", f"{day_full(case.found_on)}, case opened {day_short(case.opened_on, case.found_on)}"),
        ("Owner", staff_name(case.owner, here) or "nobody"),
    ]


def _changes(event: CaseEvent) -> list[tuple[str, str, str]]:
    """Field, what it was, what it became; of events that changed the words."""
    if event.kind != "described":
        return []
    body = clean(event.body)
    return [(BRIEF[name], _value(name, body["was"][name]), _value(name, body["now"][name]) or "taken out")
            for name in body["now"]]


def _value(name: str, text: str | None) -> str:
    if name == "outcome" and text:
        return str(AccountOutcome(text).label)
    return day_full(text) if name == "next_review" and text else text or ""
