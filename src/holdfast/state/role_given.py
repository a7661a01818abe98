"""Roles of a customer's people as somebody here has set them: each setting is kept, the newest of a person holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models

from holdfast.clock import now

from .append_only import AppendOnly

if TYPE_CHECKING:
    from .models import User


class RoleGiven(AppendOnly):
    """One setting. ``contact`` is the key of the person in the lake, never a name.

    ``roles`` is a list, empty for nobody's role, or null: from then on what the records say holds again.
    """

    account_id = models.CharField(max_length=300, db_index=True)
    contact = models.CharField(max_length=40)
    roles = models.JSONField(null=True)
    author = models.ForeignKey("state.User", on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"roles {self.pk} of {self.account_id}"


def give(account_id: str, contact: str, roles: Sequence[str] | None, user: User) -> RoleGiven | None:
    """Set the roles of a person; None where that is how they are set already."""
    last = RoleGiven.objects.filter(account_id=account_id, contact=contact).order_by("-pk").first()
    wanted = None if roles is None else list(roles)
    if (last.roles if last else None) == wanted:
        return None
    return RoleGiven.objects.create(account_id=account_id, contact=contact, roles=wanted, author=user, at=now())


def roles_given(account_id: str) -> list[RoleGiven]:
    """Every setting of an account, newest first."""
    return list(RoleGiven.objects.filter(account_id=account_id).select_related("author").order_by("-pk"))
