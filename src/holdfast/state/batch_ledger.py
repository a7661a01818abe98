"""Batches as the state database knows them: what each will write, what became of it, and its row account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from holdfast.failpoint import failpoint

from .models import Batch, QuarantineMove

COUNTS = ("rows_in", "kept", "duplicate", "quarantined", "filtered")
_CHUNK = 2_000


def find(batch_id: str) -> Batch | None:
    """The batch, if it was ever seen."""
    return Batch.objects.filter(pk=batch_id).first()


def unfinished() -> list[Batch]:
    """Batches with files that wait for their commit, in their order: staged ones and begun replays."""
    return [b for b in Batch.objects.order_by("number") if b.staged]


def committed(source: str | None = None) -> list[Batch]:
    """Committed batches in their order."""
    found = Batch.objects.filter(state="committed").order_by("number")
    return list(found.filter(source=source) if source else found)


def known(source: str) -> bool:
    """Whether any file of the source was ever taken, whatever became of it."""
    return Batch.objects.filter(source=source).exists()


def every() -> list[Batch]:
    """All batches in their order."""
    return list(Batch.objects.order_by("number"))


def stand() -> tuple[tuple[str, str], ...]:
    """Every batch with its state: another one as soon as anything was taken in, held or given up."""
    return tuple(Batch.objects.order_by("number").values_list("pk", "state"))


def before(source: str, batch_id: str) -> list[Batch]:
    """Committed batches of the source before the batch, in their order; all of them where it is unknown."""
    found = Batch.objects.filter(source=source, state="committed").exclude(pk=batch_id).order_by("number")
    batch = find(batch_id)
    return list(found.filter(number__lt=batch.number) if batch else found)


def held_after(source: str, number: int) -> list[Batch]:
    """Batches of the source that were held since the batch ``number``."""
    return list(Batch.objects.filter(source=source, state="held", number__gt=number).order_by("number"))


def with_content(source: str, content: str) -> list[Batch]:
    """Batches of the source that were made of exactly this content, in their order."""
    return list(Batch.objects.filter(source=source, content=content).order_by("number"))


def newest_of(source: str, file: str | None = None) -> Batch | None:
    """The newest committed or seen batch of the source, or of one of its files."""
    found = Batch.objects.filter(source=source, state__in=("committed", "seen")).order_by("-number")
    return (found.filter(file=file) if file is not None else found).first()


def next_moment(clock: datetime) -> datetime:
    """The load time of the next batch: ``clock``, but always after every batch before it."""
    newest = Batch.objects.aggregate(m=Max("loaded_at"))["m"]
    return max(clock, newest + timedelta(microseconds=1)) if newest else clock


def note(
    batch_id: str, source: str, file: str, content: str, state: str, moment: datetime,
    account: Mapping[str, int], *, staged: Mapping[str, Any] | None = None, facts: Mapping[str, Any] | None = None,
) -> Batch:
    """Write the batch with its row account in one transaction; an earlier note of it is replaced."""
    failpoint("state.batch.before_note")
    with transaction.atomic():
        before = Batch.objects.filter(pk=batch_id).first()
        highest = Batch.objects.aggregate(m=Max("number"))["m"] or 0
        batch = Batch(
            batch_id=batch_id, number=highest + 1, source=source, file=file, content=content, state=state,
            loaded_at=moment, staged=dict(staged or {}), facts=dict(facts or {}),
            **{name: account.get(name, 0) for name in COUNTS},
        )
        if before is not None:
            before.delete()
        batch.save(force_insert=True)
    failpoint("state.batch.after_note")
    return batch


def finish(batch: Batch) -> None:
    """Mark a staged batch as committed."""
    failpoint("state.batch.before_finish")
    Batch.objects.filter(pk=batch.pk).update(state="committed", staged={})
    failpoint("state.batch.after_finish")


def forget_staged(batch: Batch) -> None:
    """Drop what was staged for a batch or a replay whose files are gone; it will be staged anew."""
    if batch.state == "staged":
        batch.delete()
    else:
        Batch.objects.filter(pk=batch.pk).update(staged={})


def begin_replay(batch: Batch, staged: Mapping[str, Any]) -> None:
    """Note what a replay of quarantined rows of ``batch`` will write and move."""
    failpoint("state.replay.before_note")
    Batch.objects.filter(pk=batch.pk).update(staged=dict(staged))
    failpoint("state.replay.after_note")


def finish_replay(
    batch: Batch, account: Mapping[str, int], moves: Iterable[tuple[int, str]], moment: datetime, by: str
) -> None:
    """Move the rows in the batch's own account and log each move, in one transaction."""
    failpoint("state.replay.before_finish")
    with transaction.atomic():
        facts = {**batch.facts, "replays": int(batch.facts.get("replays", 0)) + 1}
        counts = {name: account[name] for name in COUNTS}
        Batch.objects.filter(pk=batch.pk).update(staged={}, facts=facts, **counts)
        QuarantineMove.objects.bulk_create(
            [QuarantineMove(batch_id=batch.pk, line=line, reason=reason, moved_at=moment, by=by)
             for line, reason in moves],
            batch_size=_CHUNK,
        )
    failpoint("state.replay.after_finish")


def moved() -> list[tuple[str, int]]:
    """(batch id, line id) of every row that left quarantine."""
    return list(QuarantineMove.objects.order_by("pk").values_list("batch_id", "line"))
