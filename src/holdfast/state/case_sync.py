"""Cases follow findings: at every publish they open, grow worse, wake and clear, once however often it is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from holdfast.clock import now
from holdfast.definitions.signal import SEVERITIES

from .case import Case, CaseEvent, CaseFinding, CaseState, CaseTask, Outcome
from .job import Job
from .models import Publish

Row = Mapping[str, Any]
Plan = Callable[[Row, datetime], Any]
"""Account row, moment of the opening -> what the opening sets going, as ``actions.case_plan`` makes it."""
Found = Mapping[str, CaseFinding]
_CHUNK = 1_000
WORSE = "it got worse"


def settled(rows: Sequence[Row]) -> set[str]:
    """Keys of cases that are closed and that nothing in ``rows`` opens again."""
    known = _findings()
    closed = set(Case.objects.filter(state=CaseState.CLOSED).values_list("key", flat=True))
    return {r["account_id"] for r in rows if r["account_id"] in closed and not _news(r, known[r["account_id"]])}


class Sync:
    """One publish taken over into the cases; everything is written in few statements at the end."""

    def __init__(self, published: Publish, plan: Plan) -> None:
        self.as_of: date = published.as_of
        self.plan = plan
        self.moment = now()
        self.cases = {case.key: case for case in Case.objects.all()}
        self.known = _findings()
        self.events: list[CaseEvent] = []
        self.changed: dict[str, Case] = {}
        self.fields: set[str] = set()
        self.plans: list[tuple[Case, Any]] = []

    def take_over(self, rows: Sequence[Row]) -> None:
        """Open, reopen, wake, worsen and clear; a day before one that was taken over already changes nothing."""
        newest = Publish.objects.exclude(as_of=self.as_of).aggregate(newest=Max("as_of"))["newest"]
        if newest is not None and newest > self.as_of:
            return
        listed = {row["account_id"]: row for row in rows if row.get("case")}
        fresh = [self._new(row) for key, row in listed.items() if key not in self.cases]
        Case.objects.bulk_create(fresh, batch_size=_CHUNK)
        opened = {case.key for case in fresh}
        self.cases |= {case.key: case for case in fresh}
        self.changed.clear()
        self.fields.clear()
        for key, case in self.cases.items():
            if key in opened:
                continue
            if key in listed:
                self._follow(case, listed[key])
            elif case.state != CaseState.CLOSED:
                self._clear(case)
        self._write_findings(listed)
        self._write()

    def _new(self, row: Row) -> Case:
        case = Case(key=row["account_id"], found_on=_day(row["case"]["found_on"]), opened_on=self.as_of,
                    opened_at=self.moment, **_facts(row))
        self._open(case, row, "opened")
        return case

    def _open(self, case: Case, row: Row, kind: str) -> None:
        plan = self.plan(row, self.moment)
        self._set(case, respond_by=plan.respond_by, escalation=plan.escalation, playbook=plan.playbook)
        self.plans.append((case, plan))
        self._note(case, kind, {"signals": row["case"]["signals"], "severity": case.severity})

    def _follow(self, case: Case, row: Row) -> None:
        news = _news(row, self.known[case.key])
        worse = SEVERITIES[row["case"]["severity"]] > SEVERITIES[case.severity]
        clock_wanted = bool(row["case"]["clock"]) and case.respond_by is None
        self._set(case, **_facts(row, owner_too=not case.assigned))
        if case.state == CaseState.CLOSED:
            if news:
                self._reopen(case, row)
            return
        if news:
            self._note(case, "worse" if worse else "more", {"signals": news, "severity": case.severity})
        if case.state == CaseState.SNOOZED and case.wake_if_worse and (worse or _grave(row, news)):
            self._wake(case, row, news)
        if clock_wanted:
            self._open(case, row, "clock")

    def _reopen(self, case: Case, row: Row) -> None:
        self._set(case, round=case.round + 1, state=CaseState.NEW, found_on=_day(row["case"]["found_on"]),
                  opened_on=self.as_of, opened_at=self.moment, first_action_at=None, closed_at=None, outcome="",
                  escalated_to=[], paused_at=None, pause_reason="", snoozed_until=None, woke="", assigned=False,
                  owner=row.get("owner") or "")
        self._open(case, row, "reopened")

    def _wake(self, case: Case, row: Row, news: Sequence[str]) -> None:
        """Awake, with a time to answer that starts anew: what was snoozed is not what there is now."""
        respond_by = self.plan(row, self.moment).respond_by
        self._set(case, state=CaseState.NEW, snoozed_until=None, woke=WORSE, paused_at=None, pause_reason="",
                  respond_by=respond_by, first_action_at=None)
        self._note(case, "woke", {"why": WORSE, "signals": list(news)})
        waiting = Job.objects.filter(case=case, round=case.round, done_at=None)
        waiting.update(held=False)
        if respond_by is not None:
            waiting.filter(key=f"call {case.key} {case.round} no answer").update(due_at=respond_by)

    def _clear(self, case: Case) -> None:
        self._set(case, state=CaseState.CLOSED, outcome=Outcome.CLEARED, closed_at=self.moment, paused_at=None,
                  snoozed_until=None)
        self._note(case, "cleared", {})

    def _set(self, case: Case, **values: Any) -> None:
        for name, value in values.items():
            if getattr(case, name) != value:
                setattr(case, name, value)
                self.changed[case.key] = case
                self.fields.add(name)

    def _note(self, case: Case, kind: str, body: Mapping[str, Any]) -> None:
        dated = {**body, "as_of": self.as_of.isoformat()}
        self.events.append(CaseEvent(case=case, at=self.moment, kind=kind, body=dated))

    def _write_findings(self, listed: Mapping[str, Row]) -> None:
        fresh: list[CaseFinding] = []
        changed: list[CaseFinding] = []
        for key, case in self.cases.items():
            steps = {s["signal"]: s for s in listed[key]["actions"]} if key in listed else {}
            known = self.known[key]
            for signal, step in steps.items():
                if signal not in known:
                    fresh.append(CaseFinding(case=case, signal=signal, severity=step["severity"],
                                             opened_on=step["opened_on"]))
                elif _update(known[signal], step):
                    changed.append(known[signal])
            for signal, gone in known.items():
                if signal not in steps and gone.open:
                    gone.open = False
                    changed.append(gone)
        CaseFinding.objects.bulk_create(fresh, batch_size=_CHUNK)
        CaseFinding.objects.bulk_update(changed, ["severity", "opened_on", "open"], batch_size=_CHUNK)

    def _write(self) -> None:
        if self.changed:
            Case.objects.bulk_update(list(self.changed.values()), sorted(self.fields), batch_size=_CHUNK)
        CaseEvent.objects.bulk_create(self.events, batch_size=_CHUNK)
        tasks, jobs = [], []
        for case, plan in self.plans:
            tasks += [
                CaseTask(case=case, round=case.round, playbook=plan.playbook, number=t.number, stage=t.stage, do=t.do,
                         owner_role=t.owner_role, owner=t.owner or "", due_on=t.due_on) for t in plan.tasks]
            jobs += [
                Job(key=f"call {case.key} {case.round} {c.name}", kind="call", case=case, round=case.round, due_at=c.at,
                    payload={"to": list(c.to), "why": c.why, "until": c.until}) for c in plan.calls]
        CaseTask.objects.bulk_create(tasks, batch_size=_CHUNK, ignore_conflicts=True)
        Job.objects.bulk_create(jobs, batch_size=_CHUNK, ignore_conflicts=True)


def sync(published: Publish, rows: Sequence[Row], plan: Plan) -> None:
    """Take the findings of a publish over into the cases; to be called inside the transaction of the publish.

    ``rows`` are account rows with ``case`` and with owner e-mails.
    """
    Sync(published, plan).take_over(rows)


def _facts(row: Row, owner_too: bool = True) -> dict[str, Any]:
    case = row["case"]
    success = case.get("success")
    found = {"signal": case["signal"], "severity": case["severity"], "success": success}
    return found | ({"owner": row.get("owner") or ""} if owner_too else {})


def _findings() -> dict[str, dict[str, CaseFinding]]:
    found: dict[str, dict[str, CaseFinding]] = defaultdict(dict)
    for one in CaseFinding.objects.select_related("case"):
        found[one.case.key][one.signal] = one
    return found


def _news(row: Row, known: Found) -> list[str]:
    """Signals that the case did not have open, or that have become graver."""
    if not row.get("case"):
        return []
    return [
        s["signal"] for s in row["actions"]
        if s["signal"] not in known or not known[s["signal"]].open
        or SEVERITIES[s["severity"]] > SEVERITIES[known[s["signal"]].severity]
    ]


def _grave(row: Row, news: Sequence[str]) -> bool:
    return bool(row["case"]["clock"]) and any(
        s["signal"] in news and SEVERITIES[s["severity"]] >= SEVERITIES["high"] for s in row["actions"])


def _update(known: CaseFinding, step: Mapping[str, Any]) -> bool:
    """Take over a finding; its severity is the gravest since it opened."""
    opened = None if step["opened_on"] is None else _day(step["opened_on"])
    came_back = not known.open
    graver = SEVERITIES[step["severity"]] > SEVERITIES[known.severity]
    severity = step["severity"] if came_back or graver else known.severity
    before = (known.severity, known.opened_on, known.open)
    known.severity, known.opened_on, known.open = severity, opened, True
    return before != (severity, opened, True)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
