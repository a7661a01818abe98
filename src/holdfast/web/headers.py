"""Headers of every response: what the browser may load, and that nobody keeps a copy."""

from __future__ import annotations

import os
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .identity_service import origin

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FORMS = "form-action 'self'"
"""Where forms may lead; browsers hold the way to the identity service to it too."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
TRANSPORT = "max-age=31536000; includeSubDomains"


class SecurityHeaders:
    """Middleware that sets them. Pages are not stored by browsers or proxies; static files may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, headers added."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if service := origin(os.environ):
            response.headers["Content-Security-Policy"] = POLICY.replace(FORMS, f"{FORMS} {service}")
        if settings.SESSION_COOKIE_SECURE:
            response.headers.setdefault("Strict-Transport-Security", TRANSPORT)
        if not request.path.startswith(str(settings.STATIC_URL)):
            response.headers["Cache-Control"] = "no-store"
        return response
