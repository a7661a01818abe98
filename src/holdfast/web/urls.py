"""The addresses of the application, made from the table of routes."""

from __future__ import annotations

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from .failed import failed
from .routes import ROUTES, Route, refused


def _view(route: Route) -> URLPattern:
    module, _, function = route.view.partition(".")
    found: URLPattern = path(
        route.path, getattr(import_module(f"holdfast.web.views.{module}"), function), name=route.name
    )
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    *(_view(route) for route in ROUTES),
    path("", include("allauth.account.urls")),
    path("factor/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]


def handler404(request, exception):  # type: ignore[no-untyped-def]
    """What is not there."""
    return refused(request, 404)


handler500 = failed
