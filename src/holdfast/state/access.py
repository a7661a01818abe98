"""Who may log in: access roles, and the one-time link by which somebody gets in for the first time."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction

from holdfast.clock import now
from holdfast.errors.access import LinkNotUsable

if TYPE_CHECKING:
    from .models import User

VALID = timedelta(hours=48)


class AccessRole(models.TextChoices):
    """What somebody may do in the application. Who owns which account stands in people.yml."""

    CSM = "csm", "Customer success manager"
    ONBOARDING = "onboarding", "Onboarding specialist"
    MANAGER = "manager", "Manager"
    EXECUTIVE = "executive", "Executive"
    OPERATIONS = "operations", "CS operations"
    DATA = "data", "Data"
    ADMINISTRATOR = "administrator", "Administrator"


class Invitation(models.Model):
    """A one-time link. Only the digest of its secret is kept."""

    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=16, choices=AccessRole.choices)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.email or 'anyone'} as {self.role}"


def invite(role: AccessRole, email: str = "") -> str:
    """Make a one-time link's secret, valid for 48 hours; an earlier unused one for the same address ends.

    Without an e-mail whoever opens the link names their own: meant for the first administrator.
    """
    secret, moment = secrets.token_urlsafe(32), now()
    with transaction.atomic():
        Invitation.objects.filter(email=email.lower(), used_at=None).delete()
        Invitation.objects.create(
            digest=_digest(secret), email=email.lower(), role=role, created_at=moment, expires_at=moment + VALID
        )
    return secret


def pending(secret: str) -> Invitation:
    """The invitation behind a link that may still be used; raises LinkNotUsable."""
    found = Invitation.objects.filter(digest=_digest(secret)).first()
    if found is None or found.used_at is not None:
        raise LinkNotUsable(why="it was used already or never given out")
    if found.expires_at <= now():
        raise LinkNotUsable(why="it has expired")
    return found


def redeem(secret: str, email: str, password: str) -> User:
    """Turn a link into somebody who may log in, once; raises LinkNotUsable.

    The e-mail of the invitation holds where it has one.
    """
    from .models import User

    with transaction.atomic():
        invitation = pending(secret)
        claimed = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=now())
        if not claimed:
            raise LinkNotUsable(why="it was used already or never given out")
        address = (invitation.email or email).lower()
        if User.objects.filter(email=address).exists():
            raise LinkNotUsable(why=f"{address} has an account already")
        user = User.objects.create_user(address, password)
        user.role = invitation.role
        user.save(update_fields=["role"])
        return user


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
