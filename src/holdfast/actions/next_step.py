"""The steps that fired triggers ask for: evidence from the data, what to do, who, and by when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from .due import due_on, working_days
from .owner import find, person_for
from .rank import SEVERITIES
from .wording import fill

if TYPE_CHECKING:
    from holdfast.definitions.bundle import Definitions
    from holdfast.definitions.trigger import Trigger


class Step(TypedDict):
    """One step. ``owner`` is an e-mail and ``owner_name`` a name where people.yml knows them."""

    trigger: str
    label: str
    evidence: str
    action: str
    owner_role: str
    owner: str | None
    owner_name: str | None
    due_on: date
    severity: str
    metric: str | None
    value: float | None


def next_steps(
    names: Iterable[str],
    row: Mapping[str, Any],
    definitions: Definitions,
    holidays: Mapping[str, Collection[date]] | None = None,
) -> list[Step]:
    """The steps of the triggers ``names`` for one account on one day, the gravest first.

    ``row`` holds the account frame, the metrics and the score columns of that day, and ``owner`` and
    ``manager`` as e-mails. ``holidays`` gives the days off of each team. A step whose evidence cannot be
    filled from the row is worded by its label alone: nothing is made up.
    """
    wanted = set(names)
    fired = (one for one in definitions.triggers if one.trigger in wanted)
    steps = [_step(one, row, definitions, holidays or {}) for one in fired]
    return sorted(steps, key=lambda s: (-SEVERITIES[s["severity"]], s["due_on"], s["trigger"]))


def _step(
    trigger: Trigger, row: Mapping[str, Any], definitions: Definitions,
    holidays: Mapping[str, Collection[date]],
) -> Step:
    email = person_for(trigger.owner, row, definitions.people)
    person = find(email, definitions.people)
    team = person.team if person else None
    currency = definitions.settings.currency
    value = row.get(trigger.metric) if trigger.metric else None
    action = fill(trigger.action, row, definitions.metrics, currency) or trigger.label
    return Step(
        trigger=trigger.trigger,
        label=trigger.label,
        evidence=fill(trigger.evidence, row, definitions.metrics, currency) or trigger.label,
        action=action,
        owner_role=trigger.owner,
        owner=email,
        owner_name=(person.name or None) if person else None,
        due_on=due_on(row["as_of"], trigger.due, working_days(definitions.people, team),
                      holidays.get(team or "", ())),
        severity=trigger.severity,
        metric=trigger.metric,
        value=None if value is None else float(value),
    )
