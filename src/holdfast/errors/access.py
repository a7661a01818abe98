"""Errors of logging in and of the audit log."""

from __future__ import annotations

from .roots import UserError


class LinkNotUsable(UserError):
    """A one-time link cannot be used. Facts: why."""

    where = "one-time link"
    reason = "the link cannot be used: {why}"
    next_command = "holdfast invite administrator"


class AuditBroken(UserError):
    """The audit log was changed behind our back. Facts: number, problem."""

    where = "audit log, entry {number}"
    reason = "{problem}"
    next_command = "compare with the last backup: entries from here on cannot be trusted"


class PortTaken(UserError):
    """The port cannot be listened on. Facts: port, why."""

    where = "port {port}"
    reason = "cannot listen there: {why}"
    next_command = "holdfast serve --port 8001"
