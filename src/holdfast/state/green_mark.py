"""The mark of a green account that somebody investigated: what was found, and until when that holds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from holdfast.clock import now

from .append_only import AppendOnly

if TYPE_CHECKING:
    from .models import User

LONGEST = 2_000
"""Characters of what was found."""


class GreenMark(AppendOnly):
    """One investigation. The newest of an account is the one that counts, up to and with ``expires_on``.

    ``safe``: whether green was found to mean safe. ``as_of`` and ``band``: the published day and band that were
    looked at.
    """

    account_id = models.CharField(max_length=300, db_index=True)
    found = models.TextField()
    safe = models.BooleanField()
    expires_on = models.DateField()
    as_of = models.DateField()
    band = models.CharField(max_length=20)
    author = models.ForeignKey("state.User", on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"investigation {self.pk} of {self.account_id}"


def mark(
    account_id: str, found: str, safe: bool, expires_on: date, seen: tuple[date, str], user: User
) -> GreenMark:
    """Note an investigation; ``seen`` is the published day with the band that it looked at."""
    return GreenMark.objects.create(
        account_id=account_id, found=found, safe=safe, expires_on=expires_on, as_of=seen[0], band=seen[1],
        author=user, at=now())


def marks_of(account_id: str) -> list[GreenMark]:
    """The investigations of an account, newest first."""
    return list(GreenMark.objects.filter(account_id=account_id).select_related("author").order_by("-pk"))


def newest_marks(accounts: Collection[str]) -> dict[str, GreenMark]:
    """The newest investigation of each of a few accounts that has one."""
    found = GreenMark.objects.filter(account_id__in=accounts).select_related("author").order_by("pk")
    return {one.account_id: one for one in found}
