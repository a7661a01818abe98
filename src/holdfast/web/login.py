"""How people log in: nobody signs up by themselves; another identity service lets in only who is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.adapter import get_adapter as account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from holdfast.state import audit
from holdfast.state.models import User

from .known_browser import bucket, remember


class ClosedSignup(DefaultAccountAdapter):
    """Accounts come from one-time links only; wrong passwords count by e-mail and kind of browser."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def post_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse:
        """Go on, and know this browser the next time."""
        response: HttpResponse = super().post_login(request, user, **rest)
        remember(response, user.email)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{bucket(request, str(credentials.get('email', '')))}"


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """An identity is joined to a user by provider and subject, the first time by an e-mail the provider verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the identity to the user of the same verified e-mail who has none yet; anybody else is turned away."""
        from allauth.socialaccount.models import SocialAccount

        if not _one_subject(sociallogin.account.extra_data):
            raise ImmediateHttpResponse(HttpResponseForbidden("The identity service told of two different people."))
        if sociallogin.is_existing:
            return
        verified = [a.email.lower() for a in sociallogin.email_addresses if a.verified]
        user = User.objects.filter(email__in=verified, is_active=True).first()
        if user is None or SocialAccount.objects.filter(user=user).exists():
            raise ImmediateHttpResponse(HttpResponseForbidden("Nobody with this verified e-mail may log in here."))
        sociallogin.connect(request, user)


def _one_subject(told: Mapping[str, Any]) -> bool:
    """Whether token and user information are of one person.

    >>> _one_subject({"id_token": {"sub": "a"}, "userinfo": {"sub": "b"}}), _one_subject({"userinfo": {"sub": "b"}})
    (False, True)
    """
    return len({told[part].get("sub") for part in ("id_token", "userinfo") if told.get(part)}) < 2


def listen() -> None:
    """Write logins, logouts and refused logins to the audit log."""
    user_logged_in.connect(_logged_in, dispatch_uid="holdfast.audit.in")
    user_logged_out.connect(_logged_out, dispatch_uid="holdfast.audit.out")
    user_login_failed.connect(_refused, dispatch_uid="holdfast.audit.refused")


def address_of(request: HttpRequest | None) -> str:
    """The address a request came from; behind the proxy, the one that the proxy saw."""
    return str(account_adapter().get_client_ip(request)) if request else ""


def _logged_in(sender: object, request: HttpRequest, user: User, **rest: Any) -> None:
    audit.record(user, "logged in", "user", str(user.pk), address=address_of(request))


def _logged_out(sender: object, request: HttpRequest, user: User | None, **rest: Any) -> None:
    if user is not None:
        audit.record(user, "logged out", "user", str(user.pk), address=address_of(request))


def _refused(sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **rest: Any) -> None:
    audit.record(None, "login refused", "user", "", address=address_of(request))
