"""Notes of people about an account: every version is kept, the newest is the one that holds."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import IntegrityError, models, transaction

from holdfast.clock import now

from .append_only import AppendOnly

if TYPE_CHECKING:
    from .models import User

LONGEST = 4_000
"""Characters of a note."""


class NoteRevision(AppendOnly):
    """One version of a note. ``note`` joins the versions, ``day`` is the day that the note is about."""

    note = models.CharField(max_length=32, db_index=True)
    number = models.IntegerField()
    account_id = models.CharField(max_length=300, db_index=True)
    day = models.DateField()
    text = models.TextField()
    author = models.ForeignKey("state.User", on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["note", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"note {self.note}, version {self.number}"


@dataclass(frozen=True)
class Note:
    """A note as it holds, and its earlier versions, newest first."""

    last: NoteRevision
    earlier: tuple[NoteRevision, ...]


def write(account_id: str, day: date, text: str, user: User) -> NoteRevision:
    """A new note about an account."""
    return NoteRevision.objects.create(
        note=uuid.uuid4().hex, number=1, account_id=account_id, day=day, text=text, author=user, at=now())


def edit(note: str, account_id: str, seen: int, day: date, text: str, user: User) -> NoteRevision | None:
    """A further version of a note; None where there is no such note, or ``seen`` is not its newest version any more."""
    last = NoteRevision.objects.filter(note=note, account_id=account_id).order_by("-number").first()
    if last is None or last.number != seen:
        return None
    try:
        with transaction.atomic():
            return NoteRevision.objects.create(
                note=note, number=seen + 1, account_id=account_id, day=day, text=text, author=user, at=now())
    except IntegrityError:
        return None


def notes_of(account_id: str) -> list[Note]:
    """The notes about an account, those of the newest day first."""
    versions: dict[str, list[NoteRevision]] = {}
    for one in NoteRevision.objects.filter(account_id=account_id).select_related("author").order_by("number"):
        versions.setdefault(one.note, []).append(one)
    ordered = sorted(versions.values(), key=lambda found: (found[-1].day, found[0].pk), reverse=True)
    return [Note(found[-1], tuple(reversed(found[:-1]))) for found in ordered]
