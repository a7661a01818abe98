"""Errors of stored tables."""

from __future__ import annotations

from .roots import UserError


class DamagedFile(UserError):
    """A stored data file is missing or changed. Facts: path, problem."""

    where = "{path}"
    reason = "{problem}; no number is computed from it"
    next_command = "holdfast doctor"
