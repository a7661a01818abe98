"""The steps that open findings ask for: evidence from the data, what to do, who, and by when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from holdfast.definitions.signal import SEVERITIES

from .due import due_on, working_days
from .owner import find, person_for
from .wording import fill

if TYPE_CHECKING:
    from holdfast.definitions.bundle import Definitions
    from holdfast.definitions.signal import Signal


class Found(TypedDict):
    """An open finding: its signal, and what is known of its course."""

    signal: str
    severity: str
    state: NotRequired[str]
    opened_on: NotRequired[date | None]
    worsened_on: NotRequired[date | None]


class Step(TypedDict):
    """One step. ``owner`` is an e-mail and ``owner_name`` a name where people.yml knows them."""

    signal: str
    label: str
    category: str
    horizon: str
    nature: str
    state: str
    opened_on: date | None
    evidence: str
    action: str
    owner_role: str
    owner: str | None
    owner_name: str | None
    due_on: date
    severity: str
    playbook: str | None
    metric: str | None
    value: float | None


def next_steps(
    found: Iterable[Found],
    row: Mapping[str, Any],
    definitions: Definitions,
    holidays: Mapping[str, Collection[date]] | None = None,
) -> list[Step]:
    """The steps of the findings of one account on one day, the gravest first.

    ``row`` holds the account frame, the metrics and the score columns of that day, and ``owner`` and
    ``manager`` as e-mails. ``holidays`` gives the days off of each team. A step whose evidence cannot be
    filled from the row is worded by its label alone: nothing is made up. The time to answer runs from the
    day on which the finding opened or worsened, else from the day of the row. What another finding stands
    for is left out.
    """
    rows = [one for one in found if one["signal"] in definitions.signals]
    covered = {name for one in rows for name in definitions.signals[one["signal"]].instead_of}
    steps = [_step(one, row, definitions, holidays or {}) for one in rows if one["signal"] not in covered]
    return sorted(steps, key=lambda s: (-SEVERITIES[s["severity"]], s["due_on"], s["signal"]))


def _step(
    found: Found, row: Mapping[str, Any], definitions: Definitions, holidays: Mapping[str, Collection[date]]
) -> Step:
    one = definitions.signals[found["signal"]]
    email = person_for(one.owner, row, definitions.people)
    person = find(email, definitions.people)
    team = person.team if person else None
    currency = definitions.settings.currency
    value = row.get(one.metric) if one.metric else None
    since = found.get("worsened_on") or found.get("opened_on") or row["as_of"]
    return Step(
        signal=one.signal,
        label=one.label,
        category=one.category,
        horizon=one.horizon,
        nature=one.nature,
        state=found.get("state", "open"),
        opened_on=found.get("opened_on"),
        evidence=evidence_words(one, row, definitions),
        action=fill(one.action, row, definitions.metrics, currency) or one.label,
        owner_role=one.owner,
        owner=email,
        owner_name=(person.name or None) if person else None,
        due_on=due_on(since, one.due, working_days(definitions.people, team), holidays.get(team or "", ())),
        severity=found["severity"],
        playbook=one.playbook,
        metric=one.metric,
        value=None if value is None else float(value),
    )


def evidence_words(one: Signal, row: Mapping[str, Any], definitions: Definitions) -> str:
    """The evidence of a finding filled from ``row``, or the signal's label where something is not known."""
    return fill(one.evidence, row, definitions.metrics, definitions.settings.currency) or one.label
