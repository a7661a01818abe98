"""The people of one account on a day: seats filled and empty, last contact, use, and the dial of their strength."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from holdfast.evaluate.steps import plain
from holdfast.metrics.derivation import Context
from holdfast.metrics.people import USE_DAYS, people_on

from .day_inputs import DayInputs
from .lineage import rows_of_account
from .published import Published

Rows = list[dict[str, Any]]
DIAL = "stakeholder"
SEATS: Mapping[str, tuple[str, ...]] = {
    "money": ("budget_holder", "decision_maker"), "sponsor": ("sponsor",), "champion": ("champion",),
}
"""Seats that every account should have filled, and the roles that fill them."""
LEVELS = ("executive", "manager", "user")


def people(
    published: Published, inputs: DayInputs, account_id: str, dials: Mapping[str, Any], rows: Rows | None
) -> dict[str, Any]:
    """Who is known, who has left, which seats are empty; ``contacts`` is None where contacts are not recorded at all.

    ``rows`` are those of ``people_rows``.

    A role that nobody wrote down for the account leaves its seats "role not recorded", never empty. Names and titles
    stand as keys until ``with_names``.
    """
    if rows is None:
        return {"contacts": None, "why": "no record of contact", "seats": [], "others": None, "strength": None}
    total = sum({row["user_key"]: float(row["actions"] or 0) for row in rows}.values())
    contacts = _contacts([row for row in rows if row["contact_key"] is not None], total, inputs.day)
    rest = [row for row in rows if row["contact_key"] is None]
    return {
        "contacts": contacts,
        "why": None,
        "seats": seats(contacts),
        "others": {"users": len(rest), "use_share": _share(sum(float(r["actions"] or 0) for r in rest), total)},
        "use_days": USE_DAYS,
        "strength": _strength(published, inputs, account_id, dials),
    }


def people_rows(published: Published, inputs: DayInputs, account_id: str) -> Rows | None:
    """Contacts, and users who are none, of one account on a day, with keys only; None where no contact is recorded."""
    if "contact" not in published.loaded:
        return None
    if inputs.clock == "known" and inputs.day == published.as_of and published.files("people"):
        stored: Rows = published.read("people", account_id=account_id).to_pylist()
        return stored
    snapshot = rows_of_account(published.site.snapshot(published.versions), account_id)
    believed = inputs.clock == "believed"
    at = Context(
        snapshot.cut(inputs.day) if believed else snapshot, inputs.definitions,
        "believed" if believed else "known", believed_on=inputs.day if believed else None,
    )
    found: Rows = snapshot.engine.arrow(people_on(at, inputs.day)).to_pylist()
    return found


def with_names(published: Published, document: Mapping[str, Any]) -> dict[str, Any]:
    """The document of an account with the names and titles of its people looked up."""
    contacts = document["people"]["contacts"] or []
    keys = {one[part] for one in contacts for part in ("name", "title") if one[part] is not None}
    known = published.personal_values(keys)
    named = [{**one, "name": known.get(one["name"]), "title": known.get(one["title"])} for one in contacts]
    return {**document, "people": {**document["people"], "contacts": named or document["people"]["contacts"]}}


def _contacts(rows: Rows, total: float, day: date) -> Rows:
    ordered = _ordered(rows)
    number = {row["contact_key"]: f"p{n}" for n, row in enumerate(ordered, 1)}
    counted: set[int] = set()
    found = []
    for row in ordered:
        twice = row["user_key"] in counted
        counted |= {row["user_key"]} - {None}
        used = None if row["user_key"] is None or twice else float(row["actions"] or 0)
        silent = row["last_touch_on"]
        found.append({
            "person": number[row["contact_key"]], "key": str(row["contact_key"]),
            "name": row["name_key"], "title": row["title_key"],
            "level": row["level"], "roles": [role for role in (row["roles"] or "").split("|") if role],
            "reports_to": number.get(row["reports_to_key"]), "present": row["present"],
            "departed_on": plain(row["departed_on"]), "known_on": plain(row["known_on"]),
            "last_two_way_on": plain(silent), "days_since_two_way": (day - silent).days if silent else None,
            "use_share": None if used is None else _share(used, total),
            "active_days": None if used is None else row["active_days"] or 0,
        })
    return found


def _ordered(contacts: Rows) -> Rows:
    return sorted(contacts, key=lambda r: (
        not r["present"], LEVELS.index(r["level"]) if r["level"] in LEVELS else len(LEVELS),
        -float(r["actions"] or 0), r["contact_key"]))


def persons_of_users(rows: Rows) -> dict[int, tuple[str, bool]]:
    """Key of a user -> the number of its contact in the people map, and whether that person is still there.

    Of two contacts of one user the one who is there, else the first.
    """
    found: dict[int, tuple[str, bool]] = {}
    contacts = _ordered([row for row in rows if row["contact_key"] is not None])
    for number, row in enumerate(contacts, 1):
        if row["user_key"] is not None:
            found.setdefault(row["user_key"], (f"p{number}", bool(row["present"])))
    return found


def _share(part: float, total: float) -> float | None:
    return part / total if total else None


def seats(contacts: Rows) -> Rows:
    """Money, sponsor and champion, each with its state and the people who hold it."""
    recorded = any(contact["roles"] for contact in contacts)
    found = []
    for seat, roles in SEATS.items():
        holders = [c for c in contacts if set(c["roles"]) & set(roles)]
        present = [c["person"] for c in holders if c["present"]]
        state = "filled" if present else "left" if holders else "empty" if recorded else "role not recorded"
        found.append({"seat": seat, "state": state, "people": present or [c["person"] for c in holders]})
    return found


def _strength(
    published: Published, inputs: DayInputs, account_id: str, dials: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The dial of the stakeholders with its components, where such a scorecard is active."""
    dial = dials.get(DIAL)
    if dial is None:
        return None
    parts: Rows = []
    if inputs.clock == "known" and inputs.day in published.days:
        rows = published.read("components", days=[inputs.day], account_id=account_id).to_pylist()
        labels = {name: part.label for card in inputs.definitions.scorecards.values() if card.dial == DIAL
                  for name, part in card.components.items()}
        parts = [
            {"component": r["component"], "label": labels.get(r["component"]) or r["component"], "weight": r["weight"],
             "score": r["score"]}
            for r in rows if r["dial"] == DIAL
        ]
    return {"score": dial["score"], "band": dial["band"], "coverage": dial["coverage"], "parts": parts}
