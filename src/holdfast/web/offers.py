"""Save offers on the page of a case: what the guide holds, what was requested, and who has to agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.actions.owner import find, person_for
from holdfast.definitions.save_offer import SaveOffer
from holdfast.reports.words import clean, name_words
from holdfast.state.case import Case
from holdfast.state.case_offer import LONGEST, OFFER, OfferRequest, offers_of

from .case_words import moment_words
from .desk import Desk
from .sections import Viewer
from .staff import staff_name

NEAR = ("CSM", "manager")
"""Roles that one person has for one account; the others are filled by whoever has them in people.yml."""


def offer_panel(case: Case, row: Mapping[str, Any], here: Desk, who: Viewer) -> dict[str, Any]:
    """What the page shows: requests with their answers, and the offers of the guide, those that fit first."""
    listed = guide(row, here)
    return {
        "offers": requested(case, OFFER, row, here, who),
        "offers_fit": [_offered(one) for one, fits in listed if fits],
        "offers_other": [_offered(one) for one, fits in listed if not fits], "offer_longest": LONGEST,
    }


def requested(
    case: Case, kind: str, row: Mapping[str, Any], here: Desk, who: Viewer
) -> list[dict[str, Any]]:
    """The requests of a kind in the present round, with their answers and who is waited for."""
    return [_request(one, row, here, who) for one in offers_of(case) if one.kind == kind]


def guide(row: Mapping[str, Any], here: Desk) -> list[tuple[SaveOffer, bool]]:
    """The offers of the guide, the least costly first, each with whether it answers an open finding."""
    signals = {step["signal"] for step in row["actions"]}
    offers = sorted(here.workspace.site.definitions.offers, key=lambda one: (one.rank, one.offer))
    return [(one, bool(signals & set(one.fits))) for one in offers]


def fills(role: str, email: str, row: Mapping[str, Any], here: Desk) -> bool:
    """Whether somebody may answer for a service role on this account."""
    people = here.workspace.site.definitions.people
    if (person_for(role, row, people) or "").casefold() == email.casefold():
        return True
    person = find(email, people)
    return role not in NEAR and person is not None and role in person.roles


def _offered(one: SaveOffer) -> dict[str, str]:
    return {"name": one.offer, "label": one.label, "use": one.use, "roles": approvers(one.approval)}


def approvers(roles: Sequence[str]) -> str:
    """The roles that have to agree, in words.

    >>> approvers(("manager", "VP")), approvers(())
    ('Manager and VP', 'nobody')
    """
    return " and ".join(name_words(role) for role in roles) or "nobody"


def _request(one: OfferRequest, row: Mapping[str, Any], here: Desk, who: Viewer) -> dict[str, Any]:
    people = here.workspace.site.definitions.people
    return {
        "pk": one.pk, "label": one.label, "terms": clean(one.terms), "state": one.state,
        "state_words": {"requested": "waits for an answer"}.get(one.state, one.state),
        "author": staff_name(one.author.email, here), "when": moment_words(one.at, who.zone, who.moment),
        "mine": bool(one.waits_for) and one.author.email == who.email,
        "answers": [
            {"role": name_words(said.role), "agreed": said.agreed, "why": clean(said.why),
             "author": staff_name(said.author.email, here), "when": moment_words(said.at, who.zone, who.moment)}
            for said in one.answers.all() if said.role
        ],
        "waits": [
            {"role": role, "words": name_words(role), "mine": fills(role, who.email, row, here),
             "who": staff_name(person_for(role, row, people), here) or "nobody has this role in people.yml"}
            for role in one.waits_for
        ],
    }
