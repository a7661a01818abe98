"""Who is asking."""

from __future__ import annotations

from django.http import HttpRequest

from holdfast.state.models import User


def person(request: HttpRequest) -> User:
    """The signed-in person of a request that the gate let through."""
    user = request.user
    assert isinstance(user, User)
    return user
