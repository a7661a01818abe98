"""What people do with cases. Each act is one transaction, stands in the history, and can be undone by who did it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from holdfast.clock import now

from .case import RIGHT, Case, CaseEvent, CaseState, CaseTask, CaseVerdict, Outcome
from .job import Job

if TYPE_CHECKING:
    from .models import User

Shift = Callable[[Case, datetime, datetime, datetime], datetime]
"""Case, deadline, start and end of a rest -> the deadline later by the working time that passed in the rest."""
TOUCHES = ("call", "e-mail", "meeting", "note")
_FIELDS = ("state", "owner", "assigned", "first_action_at", "respond_by", "paused_at", "pause_reason", "snoozed_until",
           "wake_if_worse", "woke", "outcome", "closed_at")


def resolve(cases: Sequence[Case], outcome: Outcome, user: User) -> str:
    """Close cases with a judgement, which counts for every open finding in them; the batch, to undo it by."""
    with _acts(cases, user, "closed", {"outcome": outcome.value}) as (moment, batch):
        for case in cases:
            _set(case, state=CaseState.CLOSED, outcome=outcome, closed_at=moment, paused_at=None, pause_reason="",
                 snoozed_until=None, first_action_at=case.first_action_at or moment)
            for finding in case.findings.filter(open=True):
                CaseVerdict.objects.update_or_create(
                    case=case, round=case.round, signal=finding.signal, defaults={"outcome": outcome, "at": moment})
    return batch


def snooze(
    cases: Sequence[Case], until: date, reason: str, wake_if_worse: bool, user: User,
    wake_at: Callable[[Case], datetime],
) -> str:
    """Let cases rest until a day, or until they get worse; their clocks rest too. ``wake_at`` is when one wakes."""
    body = {"until": until.isoformat(), "reason": reason, "wake_if_worse": wake_if_worse}
    with _acts(cases, user, "snoozed", body) as (moment, batch):
        for case in cases:
            _set(case, state=CaseState.SNOOZED, snoozed_until=until, wake_if_worse=wake_if_worse, woke="",
                 paused_at=case.paused_at or moment, pause_reason=reason,
                 first_action_at=case.first_action_at or moment)
            _hold(case, True)
            Job.objects.create(key=f"wake {batch} {case.pk}", kind="wake", case=case, round=case.round,
                               due_at=wake_at(case),
                               payload={"until": until.isoformat()})
    return batch


def wake(case: Case, why: str, shift: Shift) -> None:
    """Awake because its day has come: the clock goes on where it stopped."""
    moment = now()
    _go_on(case, shift, moment)
    _set(case, state=CaseState.WORKING, snoozed_until=None, woke=why)
    CaseEvent.objects.create(case=case, at=moment, kind="woke", body={"why": why})


def assign(cases: Sequence[Case], owner: str, user: User) -> str:
    """Give cases to somebody else, by e-mail."""
    with _acts(cases, user, "assigned", {"to": owner}) as (_, batch):
        for case in cases:
            _set(case, owner=owner, assigned=True)
    return batch


def touch(case: Case, kind: str, text: str, user: User) -> str:
    """Note that somebody called, wrote, met, or a remark; all but a remark are a first action."""
    with _acts([case], user, "touch", {"kind": kind, "text": text}) as (moment, batch):
        if kind != "note":
            _set(case, state=CaseState.WORKING if case.state == CaseState.NEW else case.state,
                 first_action_at=case.first_action_at or moment)
    return batch


def pause(case: Case, reason: str, user: User) -> str:
    """Stop the clock, with the reason: the customer has to answer, or somebody outside."""
    with _acts([case], user, "paused", {"reason": reason}) as (moment, batch):
        _set(case, paused_at=case.paused_at or moment, pause_reason=reason)
        _hold(case, True)
    return batch


def resume(case: Case, user: User, shift: Shift) -> str:
    """Let the clock go on where it stopped."""
    with _acts([case], user, "resumed", {}) as (moment, batch):
        _go_on(case, shift, moment)
    return batch


def do_task(task: CaseTask, done: bool, user: User) -> str:
    """Mark a step of a playbook as done, or as not done after all; doing one is a first action."""
    with _acts([task.case], user, "task", {"task": task.pk, "done": done, "do": task.do}) as (moment, batch):
        CaseTask.objects.filter(pk=task.pk).update(done_at=moment if done else None, done_by=user if done else None)
        if done:
            _set(task.case, state=CaseState.WORKING if task.case.state == CaseState.NEW else task.case.state,
                 first_action_at=task.case.first_action_at or moment)
    return batch


def undo(batch: str, user: User) -> int:
    """Take back what one click of ``user`` did to cases that nothing else has changed since; how many those were."""
    moment, count = now(), 0
    with transaction.atomic():
        events = list(CaseEvent.objects.select_related("case").filter(batch=batch, actor=user).exclude(kind="undone"))
        for event in events:
            case = Case.objects.select_for_update().get(pk=event.case_id)
            if case.events.filter(pk__gt=event.pk).exists():
                continue
            _restore(case, event, moment)
            CaseEvent.objects.create(case=case, at=moment, actor=user, kind="undone", batch=batch,
                                     body={"what": event.kind})
            count += 1
    return count


def verdicts() -> dict[str, tuple[int, int]]:
    """Signal -> how often people said it was right, of how often they said anything; the precision of each rule."""
    found: dict[str, list[int]] = {}
    for signal, outcome in CaseVerdict.objects.values_list("signal", "outcome"):
        counts = found.setdefault(signal, [0, 0])
        counts[0] += outcome in RIGHT
        counts[1] += 1
    return {signal: (right, judged) for signal, (right, judged) in sorted(found.items())}


@contextmanager
def _acts(
    cases: Sequence[Case], user: User | None, kind: str, body: dict[str, Any]
) -> Iterator[tuple[datetime, str]]:
    """One transaction around an act: locked rows before, saved rows and lines of history after."""
    moment, batch = now(), uuid.uuid4().hex
    with transaction.atomic():
        for case in cases:
            case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        before = {case.pk: _plain(case) for case in cases}
        yield moment, batch
        for case in cases:
            case.save()
            CaseEvent.objects.create(case=case, at=moment, actor=user, kind=kind, batch=batch,
                                     body={**body, "round": case.round, "before": before[case.pk]})


def _restore(case: Case, event: CaseEvent, moment: datetime) -> None:
    for name, value in event.body["before"].items():
        field = Case._meta.get_field(name)
        setattr(case, name, field.to_python(value) if isinstance(field, models.Field) else value)
    case.save()
    if event.kind == "closed":
        case.verdicts.filter(round=event.body["round"], at=event.at).delete()
    if event.kind == "task":
        task = CaseTask.objects.filter(pk=event.body["task"])
        task.update(done_at=None if event.body["done"] else moment, done_by=None if event.body["done"] else event.actor)
    if event.kind == "snoozed":
        Job.objects.filter(case=case, key=f"wake {event.batch} {case.pk}", done_at=None).update(
            done_at=moment, result="taken back")
    if case.paused_at is None:
        _hold(case, False)


def _go_on(case: Case, shift: Shift, moment: datetime) -> None:
    since = case.paused_at
    if since is not None:
        if case.respond_by is not None and case.respond_by > since:
            _set(case, respond_by=shift(case, case.respond_by, since, moment))
        for job in Job.objects.filter(case=case, kind="call", done_at=None, due_at__gt=since):
            Job.objects.filter(pk=job.pk).update(due_at=shift(case, job.due_at, since, moment))
    _set(case, paused_at=None, pause_reason="")
    _hold(case, False)


def _hold(case: Case, held: bool) -> None:
    Job.objects.filter(case=case, kind="call", done_at=None).update(held=held)


def _set(case: Case, **values: Any) -> None:
    for name, value in values.items():
        setattr(case, name, value)
    case.save(update_fields=list(values))


def _plain(case: Case, names: Collection[str] = _FIELDS) -> dict[str, Any]:
    found = {name: getattr(case, name) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}
