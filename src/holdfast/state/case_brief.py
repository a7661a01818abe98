"""What people write about a case: root cause, success criterion, what is at stake, how it ended, what was learnt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction

from holdfast.clock import now

from .case import Case, CaseEvent

if TYPE_CHECKING:
    from .models import User

LONGEST = 3_000
"""Characters of one text."""


class AccountOutcome(models.TextChoices):
    """What became of the account."""

    IN_PROGRESS = "in_progress", "In progress"
    SAVED = "saved", "Saved"
    CHURNED = "churned", "Churned"


@dataclass(frozen=True)
class Words:
    """The fields as people write them. ``stake``: revenue a year in the reporting currency; None: nobody said."""

    root_cause: str = ""
    success_criterion: str = ""
    impact: str = ""
    stake: Decimal | None = None
    outcome: str = AccountOutcome.IN_PROGRESS
    lessons: str = ""
    next_review: date | None = None


class CaseBrief(models.Model):
    """The words of one round of a case as they hold; the history of the case has every change."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="briefs")
    round = models.IntegerField()
    version = models.IntegerField(default=1)
    root_cause = models.TextField(blank=True)
    success_criterion = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    stake = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    outcome = models.CharField(max_length=12, choices=AccountOutcome.choices, default=AccountOutcome.IN_PROGRESS)
    lessons = models.TextField(blank=True)
    next_review = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "round"], name="one_brief_a_round")
        ]

    def __str__(self) -> str:
        return f"words of {self.case_id}, round {self.round}"

    @property
    def words(self) -> Words:
        """The fields alone."""
        return Words(**{name: getattr(self, name) for name in Words.__dataclass_fields__})


def brief_of(case: Case) -> tuple[Words, int]:
    """The words of the present round of a case, and their version; 0 where nobody wrote any."""
    found = CaseBrief.objects.filter(case=case, round=case.round).first()
    return (found.words, found.version) if found else (Words(), 0)


def describe(case: Case, words: Words, seen: int, user: User) -> list[str] | None:
    """Keep the words and note in the history what changed; the names of the changed fields.

    None where ``seen`` is not the newest version any more: nothing is kept then.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update().get(pk=case.pk)
        before, version = brief_of(held)
        if version != seen:
            return None
        was, becomes = _plain(asdict(before)), _plain(asdict(words))
        changed = [name for name in becomes if becomes[name] != was[name]]
        if not changed:
            return []
        CaseBrief.objects.update_or_create(
            case=held, round=held.round, defaults={**asdict(words), "version": seen + 1})
        CaseEvent.objects.create(
            case=held, at=now(), actor=user, kind="described",
            body={"round": held.round, "was": {name: was[name] for name in changed},
                  "now": {name: becomes[name] for name in changed}})
        return changed


def may_take_back(case: Case, user: User) -> bool:
    """Whether the newest change of the words of the present round is one of ``user``."""
    last = _last_change(case)
    return last is not None and last.actor_id == user.pk


def take_back(case: Case, user: User) -> list[str] | None:
    """Write what stood there before the own newest change; the fields. That is a further change, and so kept.

    None where somebody else has changed the words since, or nobody has.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update().get(pk=case.pk)
        last = _last_change(held)
        if last is None or last.actor_id != user.pk:
            return None
        words, version = brief_of(held)
        return describe(held, replace(words, **_typed(last.body["was"])), version, user)


def _last_change(case: Case) -> CaseEvent | None:
    return case.events.filter(kind="described", body__round=case.round).order_by("-pk").first()


def _typed(values: Mapping[str, str | None]) -> dict[str, Any]:
    kinds: dict[str, Callable[[str], Any]] = {"stake": Decimal, "next_review": date.fromisoformat}
    return {name: None if text is None else kinds.get(name, str)(text) for name, text in values.items()}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else f"{value:.2f}" if isinstance(value, Decimal)
            else str(value) if value is not None else None for name, value in values.items()}
