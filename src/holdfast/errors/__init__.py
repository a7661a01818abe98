"""Errors as objects with facts. Two roots: what a person can act on, and what is our bug.

Each error class names its facts and words its message here, in one place; terminal, JSON and pages
render the same object.
"""

from __future__ import annotations

from .roots import HoldfastError, InternalError, UserError

__all__ = ["HoldfastError", "InternalError", "UserError"]
