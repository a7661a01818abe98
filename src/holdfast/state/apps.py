"""The Django application that holds the state."""

from __future__ import annotations

from django.apps import AppConfig


class StateConfig(AppConfig):
    """Registered under the label ``state``."""

    name = "holdfast.state"
    label = "state"
    default_auto_field = "django.db.models.BigAutoField"
