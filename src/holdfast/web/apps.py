"""The web application as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """No tables of its own: all of them are in ``state``."""

    name = "holdfast.web"
    label = "web"

    def ready(self) -> None:
        """Hear of logins."""
        from .login import listen

        listen()
