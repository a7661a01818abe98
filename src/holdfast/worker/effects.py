"""What jobs of cases do. Each changes the state database only, inside the transaction that marks it as done."""

from __future__ import annotations

from holdfast.clock import now
from holdfast.state import case_acts
from holdfast.state.case import Case, CaseEvent, CaseState
from holdfast.state.job import Job
from holdfast.workspace.clocks import Clocks


def call(job: Job) -> str:
    """Draw people in, unless what the call waits for has happened; what was done, in words."""
    case = _case(job)
    reason = _moot(case, job)
    if reason:
        return f"not needed: {reason}"
    told = list(job.payload["to"])
    case.escalated_to = [*case.escalated_to, *(who for who in told if who not in case.escalated_to)]
    case.save(update_fields=["escalated_to"])
    CaseEvent.objects.create(case=case, at=now(), kind="escalated", once=job.key,
                             body={"to": told, "why": job.payload["why"], "fence": job.fence})
    return f"told {', '.join(told)}"


def wake(job: Job, clocks: Clocks) -> str:
    """Wake a snoozed case on its day."""
    case = _case(job)
    until = case.snoozed_until.isoformat() if case.snoozed_until else None
    if case.state != CaseState.SNOOZED or case.round != job.round or until != job.payload["until"]:
        return "not needed: no longer snoozed until this day"
    case_acts.wake(case, "its day has come", clocks.shift)
    return "awake"


def _case(job: Job) -> Case:
    return Case.objects.select_for_update().get(jobs=job)


def _moot(case: Case, job: Job) -> str:
    until = job.payload["until"]
    if case.round != job.round:
        return "the case was opened anew"
    if case.state == CaseState.CLOSED:
        return "the case is closed"
    if until == "first action" and case.first_action_at is not None:
        return "somebody acted in time"
    if until == "success" and case.success:
        return "its success is measured"
    return ""
