"""Cases: one an account, with its findings, tasks, judgements and an append-only history."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .append_only import AppendOnly


class CaseState(models.TextChoices):
    """Where a case stands."""

    NEW = "new", "New"
    WORKING = "working", "In work"
    SNOOZED = "snoozed", "Snoozed"
    CLOSED = "closed", "Closed"


class Outcome(models.TextChoices):
    """What became of a case. All but CLEARED are judgements of people."""

    ACTED = "acted", "Acted"
    NOT_A_RISK = "not_a_risk", "Not a risk"
    ALREADY_KNOWN = "already_known", "Already known"
    WRONG_DATA = "wrong_data", "Wrong data"
    CLEARED = "cleared", "Cleared by itself"


RIGHT = (Outcome.ACTED, Outcome.ALREADY_KNOWN)
"""Judgements that say the rule was right."""


class Case(models.Model):
    """The case of an account. ``round`` counts how often it was opened; its key stays.

    ``found_on``: first day of the oldest open finding; ``opened_at``: when the case came up, so the time to
    detection lies between the two. ``respond_by``: until when somebody has to act first; null without a clock.
    ``paused_at``: since when the clock rests.
    """

    key = models.CharField(max_length=300, unique=True)
    round = models.IntegerField(default=1)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.NEW, db_index=True)
    signal = models.CharField(max_length=120)
    severity = models.CharField(max_length=12)
    owner = models.EmailField(blank=True, db_index=True)
    assigned = models.BooleanField(default=False)
    found_on = models.DateField()
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    first_action_at = models.DateTimeField(null=True)
    respond_by = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=300, blank=True)
    snoozed_until = models.DateField(null=True)
    wake_if_worse = models.BooleanField(default=True)
    woke = models.CharField(max_length=300, blank=True)
    escalation = models.CharField(max_length=120, blank=True)
    escalated_to = models.JSONField(default=list)
    playbook = models.CharField(max_length=120, blank=True)
    success = models.BooleanField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"case {self.key}, round {self.round}"

    @property
    def days_to_detection(self) -> int:
        """Days from the first day on which the oldest finding held to the day that opened the case."""
        return max(0, (self.opened_on - self.found_on).days)


class CaseFinding(models.Model):
    """A finding inside a case, once a signal. ``severity`` is the gravest since it opened."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="findings")
    signal = models.CharField(max_length=120)
    severity = models.CharField(max_length=12)
    opened_on = models.DateField(null=True)
    open = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "signal"], name="one_finding_a_signal")
        ]

    def __str__(self) -> str:
        return f"{self.signal} in {self.case_id}"


class CaseTask(models.Model):
    """A step of a playbook as a task with a due day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    round = models.IntegerField()
    playbook = models.CharField(max_length=120)
    number = models.IntegerField()
    stage = models.CharField(max_length=300)
    do = models.TextField()
    owner_role = models.CharField(max_length=40)
    owner = models.EmailField(blank=True, db_index=True)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("state.User", on_delete=models.PROTECT, null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "round", "playbook", "number"], name="one_task_a_step")
        ]

    def __str__(self) -> str:
        return f"{self.playbook} {self.number} of {self.case_id}"


class CaseVerdict(models.Model):
    """What somebody said of a finding when closing its case; from it comes the precision of each rule."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="verdicts")
    round = models.IntegerField()
    signal = models.CharField(max_length=120, db_index=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "round", "signal"], name="one_verdict_a_finding")
        ]

    def __str__(self) -> str:
        return f"{self.signal} {self.outcome}"


class CaseEvent(AppendOnly):
    """One line of a case's history. It is written once and never changed.

    ``actor`` is null where the system acted. ``batch`` joins what one click did. ``once`` makes sure that an
    effect is noted a single time.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    actor = models.ForeignKey("state.User", on_delete=models.PROTECT, null=True)
    kind = models.CharField(max_length=20)
    body = models.JSONField(default=dict)
    batch = models.CharField(max_length=32, blank=True, db_index=True)
    once = models.CharField(max_length=400, unique=True, null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
