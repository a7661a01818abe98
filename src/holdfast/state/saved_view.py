"""Filters of a list that somebody saved under a name, for themselves or shared with others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from holdfast.clock import now

if TYPE_CHECKING:
    from .models import User

MOST = 50
"""Views of one person."""


class Shared(models.TextChoices):
    """Who else finds a view. It shows everybody their own rows only."""

    NOBODY = "", "Only me"
    TEAM = "team", "My team"
    ALL = "all", "Everybody"


class SavedView(models.Model):
    """``page`` is the list, ``query`` the filters as the query part of its address."""

    user = models.ForeignKey("state.User", on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=16)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1_000)
    shared = models.CharField(max_length=8, choices=Shared.choices, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="one_view_a_name")
        ]

    def __str__(self) -> str:
        return f"view {self.name} of {self.page}"


def save(user: User, page: str, name: str, query: str, shared: Shared) -> SavedView | None:
    """Save a view, in the place of an own one of that name; None where the person has as many as one can have."""
    mine = SavedView.objects.filter(user=user)
    if not mine.filter(page=page, name=name).exists() and mine.count() >= MOST:
        return None
    found, _ = SavedView.objects.update_or_create(
        user=user, page=page, name=name, defaults={"query": query, "shared": shared.value, "saved_at": now()})
    return found


def delete(user: User, number: int) -> bool:
    """Delete an own view; whether there was one."""
    return SavedView.objects.filter(user=user, pk=number).delete()[0] > 0


def found_by(user: User) -> list[SavedView]:
    """The own views, and those that people with a login share with anybody, by name."""
    shared = models.Q(user__is_active=True) & ~models.Q(shared=Shared.NOBODY.value)
    views = SavedView.objects.filter(models.Q(user=user) | shared).select_related("user")
    return sorted(views, key=lambda view: (view.user_id != user.pk, view.name.casefold(), view.pk))
