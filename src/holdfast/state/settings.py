"""Django's settings for the state database; the database itself is set when a workspace is opened."""

from __future__ import annotations

import secrets
from typing import Any

INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "holdfast.state"]
AUTH_USER_MODEL = "state.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
SECRET_KEY = secrets.token_urlsafe(48)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
}
