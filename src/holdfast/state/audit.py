"""The audit log: append-only, each entry chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from holdfast.clock import now
from holdfast.errors.access import AuditBroken

if TYPE_CHECKING:
    from .audit_anchor import Anchor
    from .models import User

BEGINNING = "0" * 64


class AuditEntry(models.Model):
    """Who did what to what, when and why. Names of fields, never their values."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=300)
    fields = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    request = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=45, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.kind} {self.about}"


class AuditHead(models.Model):
    """The newest entry, in one row: writers take it in turn, and a log cut short is found."""

    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"audit log up to {self.number}"


def record(
    actor: User | None, verb: str, kind: str, about: str, *, fields: Sequence[str] = (), reason: str = "",
    request: str = "", address: str = "",
) -> AuditEntry:
    """Append an entry; inside a transaction it is kept or undone together with what it tells of."""
    entry = AuditEntry(
        at=now(), actor=None if actor is None else actor.pk, verb=verb, kind=kind, about=about, fields=list(fields),
        reason=reason, request=request, address=address,
    )
    append([entry])
    return entry


def append(entries: Sequence[AuditEntry]) -> None:
    """Append entries in their order, each chained to the one before."""
    with transaction.atomic():
        AuditHead.objects.get_or_create(pk=1, defaults={"number": 0, "digest": BEGINNING})
        head = AuditHead.objects.select_for_update().get(pk=1)
        number, digest = head.number, head.digest
        for entry in entries:
            number += 1
            entry.number, entry.previous = number, digest
            entry.digest = digest = _digest(entry)
        AuditEntry.objects.bulk_create(entries)
        AuditHead.objects.filter(pk=1).update(number=number, digest=digest)


def verify(anchors: Iterable[Anchor] = ()) -> int:
    """How many entries the log has; AuditBroken where one was edited, removed, added or put elsewhere.

    ``anchors`` say which entry was the newest on some days: one of them that is missing was cut off with all after it.
    """
    number, digest = 0, BEGINNING
    noted = {anchor.number: anchor for anchor in anchors}
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2_000):
        if entry.number != number + 1:
            raise AuditBroken(number=number + 1, problem=f"entry {number + 1} is missing")
        if entry.previous != digest or entry.digest != _digest(entry):
            raise AuditBroken(number=entry.number, problem=f"entry {entry.number} is not as it was written")
        number, digest = entry.number, entry.digest
        anchor = noted.pop(number, None)
        if anchor is not None and anchor.digest != digest:
            raise AuditBroken(number=number, problem=f"entry {number} is not the one that was noted on {anchor.day}")
    head = AuditHead.objects.filter(pk=1).first()
    if (head.number, head.digest) != (number, digest) if head else number:
        raise AuditBroken(number=number + 1, problem="the log ends before its newest entry")
    if noted:
        first = noted[min(noted)]
        raise AuditBroken(
            number=number + 1, problem=f"the log ends at {number} and had {first.number} entries on {first.day}")
    return number


def _digest(entry: AuditEntry) -> str:
    body: dict[str, Any] = {
        "number": entry.number, "at": entry.at.isoformat(), "actor": entry.actor, "verb": entry.verb,
        "kind": entry.kind, "about": entry.about, "fields": entry.fields, "reason": entry.reason,
        "request": entry.request, "address": entry.address,
    }
    text = entry.previous + json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
