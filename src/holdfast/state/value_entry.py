"""Value that people wrote down for an account: proposed, confirmed by the customer, expired; every step is kept."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import IntegrityError, models, transaction

from holdfast.clock import now

from .append_only import AppendOnly

if TYPE_CHECKING:
    from .models import User


class ValueState(models.TextChoices):
    """Where an entry stands."""

    PROPOSED = "proposed", "Proposed"
    CONFIRMED = "confirmed", "Confirmed"
    EXPIRED = "expired", "Expired"


class ValuePeriod(models.TextChoices):
    """For which time an amount is meant."""

    YEAR = "year", "a year"
    QUARTER = "quarter", "a quarter"
    MONTH = "month", "a month"
    ONCE = "once", "once"


@dataclass(frozen=True)
class Claim:
    """What an entry says. ``amount`` None: the value has no figure, and then no currency."""

    what: str
    amount: Decimal | None
    currency: str
    period: ValuePeriod
    said_by: str


class ValueRevision(AppendOnly):
    """One version of an entry of the ledger; ``entry`` joins the versions, the newest is the one that holds.

    ``confirmed_by``: who of the customer said yes, on the day ``confirmed_on``; it holds up to and with
    ``expires_on``, without an end where that is null.
    """

    entry = models.CharField(max_length=32, db_index=True)
    number = models.IntegerField()
    account_id = models.CharField(max_length=300, db_index=True)
    what = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    period = models.CharField(max_length=10, choices=ValuePeriod.choices)
    said_by = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ValueState.choices)
    confirmed_by = models.CharField(max_length=200, blank=True)
    confirmed_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    author = models.ForeignKey("state.User", on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "number"], name="one_step_a_number")
        ]

    def __str__(self) -> str:
        return f"value {self.entry}, version {self.number}"

    def stands(self, today: date) -> ValueState:
        """Where the entry stands on a day: what was confirmed ends with its last day."""
        over = self.expires_on is not None and self.expires_on < today
        return ValueState.EXPIRED if over else ValueState(self.state)


@dataclass(frozen=True)
class ValueEntry:
    """An entry as it holds, and its earlier versions, newest first."""

    last: ValueRevision
    earlier: tuple[ValueRevision, ...]


def propose(account_id: str, claim: Claim, user: User) -> ValueRevision:
    """A new entry: somebody said what the product is worth, nobody of the customer has confirmed it."""
    return ValueRevision.objects.create(
        entry=uuid.uuid4().hex, number=1, account_id=account_id, state=ValueState.PROPOSED, author=user, at=now(),
        **vars(claim))


def reword(entry: str, account_id: str, seen: int, claim: Claim, user: User) -> ValueRevision | None:
    """Say it in other words or figures; it is proposed again, as nobody confirmed these. None where it has changed."""
    fresh = {**vars(claim), "state": ValueState.PROPOSED, "confirmed_by": "", "confirmed_on": None, "expires_on": None}
    return _step(entry, account_id, seen, user, lambda last: fresh)


def confirm(
    entry: str, account_id: str, seen: int, by: str, on: date, until: date | None, user: User
) -> ValueRevision | None:
    """Somebody of the customer said yes on a day. None where the entry has changed or is not proposed."""
    fresh = {"state": ValueState.CONFIRMED, "confirmed_by": by, "confirmed_on": on, "expires_on": until}
    return _step(entry, account_id, seen, user, lambda last: fresh if last.state == ValueState.PROPOSED else None)


def expire(entry: str, account_id: str, seen: int, user: User) -> ValueRevision | None:
    """It does not hold any more. None where the entry has changed or is expired already."""
    fresh = {"state": ValueState.EXPIRED}
    return _step(entry, account_id, seen, user, lambda last: None if last.state == ValueState.EXPIRED else fresh)


def values_of(account_id: str) -> list[ValueEntry]:
    """The entries of an account, the newest first."""
    versions: dict[str, list[ValueRevision]] = {}
    for one in ValueRevision.objects.filter(account_id=account_id).select_related("author").order_by("number", "pk"):
        versions.setdefault(one.entry, []).append(one)
    ordered = sorted(versions.values(), key=lambda found: found[0].pk, reverse=True)
    return [ValueEntry(found[-1], tuple(reversed(found[:-1]))) for found in ordered]


def _step(
    entry: str, account_id: str, seen: int, user: User, change: Callable[[ValueRevision], dict[str, Any] | None]
) -> ValueRevision | None:
    last = ValueRevision.objects.filter(entry=entry, account_id=account_id).order_by("-number").first()
    fresh = None if last is None or last.number != seen else change(last)
    if last is None or fresh is None:
        return None
    carried = ("what", "amount", "currency", "period", "said_by", "state", "confirmed_by", "confirmed_on", "expires_on")
    values = {name: getattr(last, name) for name in carried} | fresh
    try:
        with transaction.atomic():
            return ValueRevision.objects.create(
                entry=entry, number=seen + 1, account_id=account_id, author=user, at=now(), **values)
    except IntegrityError:
        return None
