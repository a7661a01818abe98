"""The one clock. Everything that asks for the time asks here, so that tests can set it."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC; HOLDFAST_NOW (ISO 8601) replaces it.

    >>> now().tzinfo
    datetime.timezone.utc
    """
    fixed = os.environ.get("HOLDFAST_NOW")
    if not fixed:
        return datetime.now(UTC)
    moment = datetime.fromisoformat(fixed)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
