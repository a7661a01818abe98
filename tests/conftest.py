"""Fixtures that tests of several packages share."""

from __future__ import annotations

from hypothesis import settings

from .company import own_company, small_company
from .small_volume import small_volume

settings.register_profile("no timings", deadline=None)
settings.load_profile("no timings")

__all__ = ["own_company", "small_company", "small_volume"]
