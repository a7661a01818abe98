"""The people of an account in words, shared by page and terminal; names only for those who may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.charts.number import number, percent

from .words import day_short, name_words, plural

SEAT_WORDS: Mapping[str, tuple[str, str]] = {
    "money": ("Decides the money", "Find out who decides about the budget."),
    "sponsor": ("Sponsors", "Ask who answers for the result."),
    "champion": ("Champions", "Propose somebody who uses it and is heard."),
}
"""Seat -> its column, and what to do where it is empty."""


def without_names(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document for somebody who may not see personal data: persons are numbered, titles left out."""
    found = document.get("people") or {}
    if not found.get("contacts"):
        return dict(document)
    bare = [{**one, "name": None, "title": None} for one in found["contacts"]]
    return {**document, "people": {**found, "contacts": bare}}


def columns(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The map: one column a seat and one for all others, each with its cards; an empty seat is a card too."""
    found = document.get("people") or {}
    contacts = {one["person"]: one for one in found.get("contacts") or []}
    if not contacts and not found.get("seats"):
        return []
    cards = {person: card(one, contacts, document.get("as_of")) for person, one in contacts.items()}
    placed: set[str] = set()
    made = []
    for seat in found.get("seats") or []:
        words, todo = SEAT_WORDS[seat["seat"]]
        mine = [cards[p] for p in seat["people"] if p not in placed]
        again = [f"also {cards[p]['name']}" for p in seat["people"] if p in placed]
        placed |= set(seat["people"])
        made.append({"title": words, "cards": mine, "again": ", ".join(again), "empty": _empty(seat, todo)})
    rest = [cards[p] for p in contacts if p not in placed]
    return [*made, {"title": "Others", "cards": rest, "again": "", "empty": None}]


def _empty(seat: Mapping[str, Any], todo: str) -> dict[str, str] | None:
    if seat["state"] == "filled":
        return None
    if seat["state"] == "role not recorded":
        return {"what": "Unknown", "note": "role not recorded"}
    return {"what": "Seat empty", "note": todo if seat["state"] == "empty" else f"Left. {todo}"}


def card(one: Mapping[str, Any], contacts: Mapping[str, Mapping[str, Any]], as_of: str | None) -> dict[str, Any]:
    """One person: name or number, title, roles, whom they report to, last two-way contact, share of the use."""
    above = contacts.get(one.get("reports_to") or "")
    return {
        "person": one["person"],
        "name": _name(one),
        "title": one["title"] or name_words(one["level"]) if one["title"] or one["level"] else "level not recorded",
        "roles": ", ".join(name_words(role) for role in one["roles"]) or "no role recorded",
        "above": f"reports to {_name(above)}" if above else "",
        "left": _left(one, as_of),
        "contact": contact_words(one),
        "use": "no user linked" if one["use_share"] is None else f"{percent(one['use_share'])} of use",
    }


def _left(one: Mapping[str, Any], as_of: str | None) -> str:
    if one["present"]:
        return ""
    return f"Left {day_short(one['departed_on'], as_of)}" if one["departed_on"] else "Left"


def _name(one: Mapping[str, Any]) -> str:
    return str(one["name"] or f"Person {str(one['person']).removeprefix('p')}")


def contact_words(one: Mapping[str, Any]) -> str:
    """Days since the last two-way contact.

    >>> contact_words({"days_since_two_way": 47}), contact_words({"days_since_two_way": None})
    ('47 d since contact', 'never in touch')
    """
    days = one["days_since_two_way"]
    return "never in touch" if days is None else f"{number(days)} d since contact"


def head_line(document: Mapping[str, Any]) -> str:
    """How many are known, and which seats are empty or unknown."""
    found = document.get("people") or {}
    contacts = found.get("contacts")
    if contacts is None:
        return str(found.get("why") or "")
    empty = sum(seat["state"] in ("empty", "left") for seat in found["seats"])
    parts = [f"{len(contacts)} known", f"{sum(not c['present'] for c in contacts)} of them left"]
    if any(seat["state"] == "role not recorded" for seat in found["seats"]):
        parts.append("roles not recorded")
    else:
        parts.append(f"{plural(empty, 'seat')} empty")
    return ", ".join(parts)


def others_line(document: Mapping[str, Any]) -> str:
    """Users who are no contacts, with their share of the use."""
    found = (document.get("people") or {}).get("others")
    if not found or not found["users"]:
        return ""
    share = "" if found["use_share"] is None else f", {percent(found['use_share'])} of use"
    return f"{plural(found['users'], 'user')} not among the contacts{share}."


def strength_lines(document: Mapping[str, Any]) -> list[str]:
    """The dial of the stakeholders: its score, then its components."""
    found = (document.get("people") or {}).get("strength")
    if not found or found["score"] is None:
        return []
    parts = [f"{part['label']} {number(part['score'])}" for part in found["parts"] if part["score"] is not None]
    return [f"Stakeholder strength {number(found['score'])} of 100, {name_words(found['band']).lower()}", *parts]
