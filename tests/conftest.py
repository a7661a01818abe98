"""Fixtures that tests of several packages share."""

from __future__ import annotations

from .company import own_company, small_company

__all__ = ["own_company", "small_company"]
