"""Browsers from which somebody has logged in before: guesses made elsewhere do not lock them out."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

AGE = 180 * 24 * 3_600
"""Seconds for which a browser is known after a login."""
_SALT = "holdfast.known-browser"


def cookie() -> str:
    """The name of the cookie."""
    return "__Host-holdfast-known" if settings.SESSION_COOKIE_SECURE else "holdfast-known"


def remember(response: HttpResponse, email: str) -> None:
    """Sign the e-mail and a mark of this browser into a cookie; it lets nobody in."""
    mark = signing.dumps([email.casefold(), secrets.token_hex(8)], salt=_SALT)
    response.set_cookie(
        cookie(), mark, max_age=AGE, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE)


def bucket(request: HttpRequest, email: str) -> str:
    """In whose name wrong passwords for ``email`` are counted: a known browser's own, else that of all others."""
    try:
        whose, mark = signing.loads(request.COOKIES.get(cookie(), ""), salt=_SALT, max_age=AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return "elsewhere"
    return str(mark) if whose == email.casefold() else "elsewhere"
