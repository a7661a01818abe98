"""The question whether the product is worth more than its price, as people asked it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from holdfast.clock import now

from .append_only import AppendOnly

if TYPE_CHECKING:
    from .models import User


class ValueAnswer(models.TextChoices):
    """What was answered, in the words of the record value_question."""

    MORE = "more", "Worth more than the price"
    EVEN = "about even", "About even"
    LESS = "less", "Worth less than the price"
    UNKNOWN = "unknown", "No clear answer"


class ValueAsked(AppendOnly):
    """One time that the question was asked. ``asked_of``: who of the customer; ``evidence``: their reasons."""

    account_id = models.CharField(max_length=300, db_index=True)
    asked_on = models.DateField()
    asked_of = models.CharField(max_length=200)
    answer = models.CharField(max_length=12, choices=ValueAnswer.choices)
    evidence = models.TextField(blank=True)
    author = models.ForeignKey("state.User", on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"value question {self.pk} of {self.account_id}"


def ask(account_id: str, on: date, of: str, answer: ValueAnswer, evidence: str, user: User) -> ValueAsked:
    """Note that the question was asked, and what was answered."""
    return ValueAsked.objects.create(
        account_id=account_id, asked_on=on, asked_of=of, answer=answer, evidence=evidence, author=user, at=now())


def asked_of(account_id: str) -> list[ValueAsked]:
    """Each time it was asked, the newest day first."""
    return list(ValueAsked.objects.filter(account_id=account_id).select_related("author").order_by("-asked_on", "-pk"))
