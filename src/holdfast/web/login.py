"""How people log in: nobody signs up by themselves; another identity service lets in only who is known."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponseForbidden

from holdfast.state import audit
from holdfast.state.models import User


class ClosedSignup(DefaultAccountAdapter):
    """Accounts come from one-time links only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """An identity is joined to a user by provider and subject, the first time by an e-mail the provider verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the identity to the user of the same verified e-mail; anybody else is turned away."""
        if sociallogin.is_existing:
            return
        verified = [a.email.lower() for a in sociallogin.email_addresses if a.verified]
        user = User.objects.filter(email__in=verified, is_active=True).first()
        if user is None:
            raise ImmediateHttpResponse(HttpResponseForbidden("Nobody with this verified e-mail may log in here."))
        sociallogin.connect(request, user)


def listen() -> None:
    """Write logins, logouts and refused logins to the audit log."""
    user_logged_in.connect(_logged_in, dispatch_uid="holdfast.audit.in")
    user_logged_out.connect(_logged_out, dispatch_uid="holdfast.audit.out")
    user_login_failed.connect(_refused, dispatch_uid="holdfast.audit.refused")


def address_of(request: HttpRequest | None) -> str:
    """The address a request came from."""
    return str(request.META.get("REMOTE_ADDR", "")) if request else ""


def _logged_in(sender: object, request: HttpRequest, user: User, **rest: Any) -> None:
    audit.record(user, "logged in", "user", str(user.pk), address=address_of(request))


def _logged_out(sender: object, request: HttpRequest, user: User | None, **rest: Any) -> None:
    if user is not None:
        audit.record(user, "logged out", "user", str(user.pk), address=address_of(request))


def _refused(sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **rest: Any) -> None:
    audit.record(None, "login refused", "user", "", address=address_of(request))
