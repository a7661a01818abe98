"""The rules of ``holdfast check``: one class a file, each returns all its findings."""

from __future__ import annotations

from .rule import Rule

__all__ = ["RULES", "Rule"]

RULES: tuple[type[Rule], ...] = ()
"""Every rule, in the order in which they run."""
