"""The tables of the state database."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from .access import AccessRole, Invitation
from .audit import AuditEntry, AuditHead
from .case import Case, CaseEvent, CaseFinding, CaseTask, CaseVerdict
from .case_brief import CaseBrief
from .case_offer import OfferAnswer, OfferRequest
from .green_mark import GreenMark
from .job import Job
from .note import NoteRevision
from .role_given import RoleGiven
from .saved_view import SavedView
from .value_asked import ValueAsked
from .value_entry import ValueRevision

__all__ = [
    "AuditEntry", "AuditHead", "Batch", "Case", "CaseBrief", "CaseEvent", "CaseFinding", "CaseTask", "CaseVerdict",
    "DefinitionSet", "GreenMark", "Invitation", "Job", "NoteRevision", "OfferAnswer", "OfferRequest", "Pointer",
    "Publish", "PublishedAccount", "QuarantineMove", "RoleGiven", "Run", "SavedView", "User", "UserManager",
    "ValueAsked", "ValueRevision",
]


class UserManager(BaseUserManager["User"]):
    """Makes users, who are known by e-mail."""

    def create_user(self, email: str, password: str | None = None) -> User:
        """A user with the normalised e-mail; without a password the login is by another way only."""
        user = self.model(email=self.normalize_email(email).lower())
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who may log in. Whose accounts are whose stands in people.yml, joined by e-mail."""

    email = models.EmailField(unique=True)
    role = models.CharField(max_length=16, choices=AccessRole.choices, default=AccessRole.CSM)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.email


class Batch(models.Model):
    """One file or query result of a source. ``staged`` holds what its commit will write."""

    STATES = ("staged", "committed", "held", "refused", "seen")

    batch_id = models.CharField(max_length=64, primary_key=True)
    number = models.BigIntegerField(unique=True)
    source = models.CharField(max_length=200, db_index=True)
    file = models.TextField()
    content = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES])
    loaded_at = models.DateTimeField()
    rows_in = models.BigIntegerField(default=0)
    kept = models.BigIntegerField(default=0)
    duplicate = models.BigIntegerField(default=0)
    quarantined = models.BigIntegerField(default=0)
    filtered = models.BigIntegerField(default=0)
    staged = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.source} {self.batch_id}"


class QuarantineMove(models.Model):
    """A row that left quarantine: from which batch and line, when, and why."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="moves")
    line = models.BigIntegerField()
    reason = models.CharField(max_length=40)
    moved_at = models.DateTimeField()
    by = models.CharField(max_length=200, default="replay")

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line} {self.reason}"


class DefinitionSet(models.Model):
    """The definitions as they stood, built-in ones included, as one text by their hash."""

    hash = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.hash


class Run(models.Model):
    """One run: what it was bound to and how it ended."""

    STATES = ("running", "failed", "published")

    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES])
    as_of = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    definitions = models.ForeignKey(DefinitionSet, on_delete=models.PROTECT)
    versions = models.JSONField(default=dict)
    code_version = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"run {self.pk} as of {self.as_of}"


class Publish(models.Model):
    """A run that readers may see. The newest by number is the current one, named by the pointer."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT)
    as_of = models.DateField(db_index=True)
    published_at = models.DateTimeField()
    definitions = models.ForeignKey(DefinitionSet, on_delete=models.PROTECT)
    tables = models.JSONField()

    def __str__(self) -> str:
        return f"publish {self.pk} as of {self.as_of}"


class Pointer(models.Model):
    """The one row that says which publish readers see."""

    publish = models.ForeignKey(Publish, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"publish {self.publish_id}"


class PublishedAccount(models.Model):
    """The row of one account as the pages read it."""

    publish = models.ForeignKey(Publish, on_delete=models.CASCADE)
    account_id = models.CharField(max_length=300)
    band = models.CharField(max_length=20, db_index=True)
    owner_key = models.BigIntegerField(null=True, db_index=True)
    document = models.JSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["publish", "account_id"], name="one_row_an_account")
        ]

    def __str__(self) -> str:
        return self.account_id
