"""The people map with the roles that somebody here has set, beside what the records say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.clock import now
from holdfast.records.contact import ROLES
from holdfast.reports.words import day_short, name_words
from holdfast.state.role_given import RoleGiven
from holdfast.workspace.people import seats

from .case_words import moment_words
from .desk import Desk
from .staff import staff_name

Document = Mapping[str, Any]


def with_roles(
    document: Document, given: Sequence[RoleGiven], here: Desk, until: date | None = None
) -> dict[str, Any]:
    """The document with the roles set here, and its seats filled by them; ``until``: the day that a past page shows."""
    people, holds = document.get("people") or {}, _holding(given, here, until)
    if not people.get("contacts") or not holds:
        return dict(document)
    contacts = []
    for one in people["contacts"]:
        setting = holds.get(str(one.get("key")))
        contacts.append(one if setting is None else {**one, "roles": setting.roles})
    return {**document, "people": {**people, "contacts": contacts, "seats": seats(contacts)}}


def role_panel(
    context: Document, document: Document, given: Sequence[RoleGiven], here: Desk, until: date | None
) -> dict[str, Any]:
    """What the people map shows besides: a form on each card, and every setting so far.

    ``document`` is the one as recorded, ``context`` that of the page, made with the roles set here.
    """
    contacts = {one["person"]: one for one in (document.get("people") or {}).get("contacts") or []}
    holds = _holding(given, here, until)
    for card in (card for column in context["people_columns"] for card in column["cards"]):
        one = contacts[card["person"]]
        if one.get("key") is not None:
            card["form"] = _form(one, holds.get(str(one["key"])), here)
    names = {str(one.get("key")): one["name"] or f"Person {str(one['person'])[1:]}" for one in contacts.values()}
    return {"role_forms": bool(contacts), "role_history": [_line(one, names, here) for one in given],
            "may_roles": "cases" in here.scope.areas and until is None}


def _holding(given: Sequence[RoleGiven], here: Desk, until: date | None) -> dict[str, RoleGiven]:
    """The setting that holds for each person who has one; ``given`` is in order, newest first."""
    zone, newest = _zone(here), dict[str, RoleGiven]()
    for one in given:
        if until is None or one.at.astimezone(zone).date() <= until:
            newest.setdefault(one.contact, one)
    return {contact: one for contact, one in newest.items() if one.roles is not None}


def _form(one: Document, given: RoleGiven | None, here: Desk) -> dict[str, Any]:
    note, held = "", one["roles"] if given is None else given.roles or []
    if given is not None:
        zone = _zone(here)
        day = day_short(given.at.astimezone(zone).date(), now().astimezone(zone).date())
        recorded = ", ".join(name_words(role).lower() for role in one["roles"]) or "no role"
        note = f"set here by {staff_name(given.author.email, here)}, {day}; the records say: {recorded}"
    return {"key": one["key"], "note": note, "given": given is not None,
            "roles": [(role, name_words(role), role in held) for role in ROLES]}


def _line(one: RoleGiven, names: Mapping[str, str], here: Desk) -> dict[str, str]:
    roles = "as the records say" if one.roles is None else ", ".join(name_words(r) for r in one.roles) or "no role"
    return {"name": names.get(one.contact, "Somebody who is not in the records of this day"), "roles": roles,
            "author": staff_name(one.author.email, here), "when": moment_words(one.at, _zone(here), now())}


def _zone(here: Desk) -> ZoneInfo:
    return ZoneInfo(here.workspace.site.definitions.settings.time_zone)
