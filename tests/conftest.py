"""Fixtures that tests of several packages share."""

from __future__ import annotations

from hypothesis import settings

from .company import own_company, small_company
from .small_volume import small_volume
from .state_database import database, new_database, postgres

settings.register_profile("no timings", deadline=None)
settings.load_profile("no timings")

__all__ = ["database", "new_database", "own_company", "postgres", "small_company", "small_volume"]
