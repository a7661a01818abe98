"""Jobs: what is due at a moment, claimed by lease; its effect happens once, whoever dies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q

from holdfast.clock import now
from holdfast.failpoint import failpoint

LEASE = timedelta(minutes=2)
RETRIES = 5
"""After so many failures a job is parked with its error."""
DIED = "its worker ended in the middle and was not heard of again; memory may have run out"


class Job(models.Model):
    """One thing to do at ``due_at``. ``key`` makes it unique, so that asking for it again changes nothing.

    ``fence`` grows with every claim: who was given an older number has lost the job. ``attempts`` counts
    failures. ``held``: the clock of its case rests.
    """

    KINDS = ("call", "wake", "run")

    key = models.CharField(max_length=400, unique=True)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in KINDS])
    case = models.ForeignKey("state.Case", on_delete=models.CASCADE, null=True, related_name="jobs")
    round = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    held = models.BooleanField(default=False)
    payload = models.JSONField(default=dict)
    holder = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    fence = models.IntegerField(default=0)
    attempts = models.IntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["done_at", "due_at"], name="jobs_that_are_due")
        ]

    def __str__(self) -> str:
        return self.key


def claim(holder: str, lease: timedelta = LEASE, kinds: Sequence[str] | None = None) -> Job | None:
    """The job that has been due for longest and is nobody's, now leased to ``holder``; None where nothing is due.

    A job whose lease has run out is nobody's: whoever held it has died or lost it. For a run that counts as a failure,
    as what killed it (memory, most often) will kill the next one too; the effects of other jobs are tiny.
    """
    moment = now()
    free = Q(lease_until=None) | Q(lease_until__lte=moment)
    due = Job.objects.filter(free, done_at=None, held=False, due_at__lte=moment, attempts__lt=RETRIES)
    due = due if kinds is None else due.filter(kind__in=kinds)
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=_skips()).order_by("due_at", "pk").first()
        if job is None:
            return None
        died = {"attempts": F("attempts") + 1, "result": f"{DIED}: {job.holder}"} if _died(job) else {}
        if died and job.attempts + 1 >= RETRIES:
            Job.objects.filter(pk=job.pk).update(holder="", lease_until=None, **died)
            return None
        Job.objects.filter(pk=job.pk).update(holder=holder, lease_until=moment + lease, fence=F("fence") + 1, **died)
        job.refresh_from_db()
    failpoint("worker.claimed")
    return job


def _died(job: Job) -> bool:
    """Whether somebody took the run and was not heard of again."""
    return job.kind == "run" and bool(job.holder) and job.lease_until is not None


def parked(kind: str) -> list[Job]:
    """Jobs of that kind that have failed too often; nobody takes them any more."""
    return list(Job.objects.filter(kind=kind, done_at=None, attempts__gte=RETRIES).order_by("pk"))


def finish(job: Job, effect: Callable[[Job], str]) -> bool:
    """Have the effect and note it as done, both or neither; False where the lease was lost to somebody else.

    ``effect`` gets the job as it stands, changes the state database only, and returns what came of it.
    """
    with transaction.atomic():
        mine = Job.objects.select_for_update().filter(pk=job.pk, fence=job.fence, done_at=None).first()
        if mine is None:
            return False
        failpoint("worker.before_effect")
        result = effect(mine)
        failpoint("worker.after_effect")
        Job.objects.filter(pk=mine.pk).update(done_at=now(), result=result[:300], lease_until=None)
        failpoint("worker.before_commit")
    failpoint("worker.after_commit")
    return True


def renew(job: Job, lease: timedelta = LEASE) -> bool:
    """Lengthen the lease of a long job; False where it was lost."""
    mine = Job.objects.filter(pk=job.pk, fence=job.fence, done_at=None)
    return bool(mine.update(lease_until=now() + lease))


def give_back(job: Job, error: str, wait: timedelta) -> None:
    """Note that the job failed; it is free again after ``wait``, until it has failed too often."""
    mine = Job.objects.filter(pk=job.pk, fence=job.fence, done_at=None)
    mine.update(holder="", lease_until=now() + wait, attempts=F("attempts") + 1, result=error[:300])


def ask_for(kind: str, key: str, due_at: datetime, **more: Any) -> bool:
    """Note a job; False where one of this key was asked for before."""
    _, made = Job.objects.get_or_create(key=key, defaults={"kind": kind, "due_at": due_at, **more})
    return made


def _skips() -> bool:
    from django.db import connection

    return bool(connection.features.has_select_for_update_skip_locked)
