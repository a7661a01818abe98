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


class NoHttps(UserError):
    """Others than this machine would be served without HTTPS. Facts: host."""

    where = "host {host}"
    reason = "passwords and pages would cross the network unencrypted, so nothing is served there"
    next_command = "put a proxy with HTTPS before it, set HOLDFAST_HTTPS=1 and HOLDFAST_HOSTS, then start it again"


class WrongIdentityService(UserError):
    """The settings of the identity service cannot be used. Facts: why."""

    where = "HOLDFAST_OIDC_URL"
    reason = "the identity service cannot be used: {why}"
    next_command = "set HOLDFAST_OIDC_URL, HOLDFAST_OIDC_CLIENT and HOLDFAST_OIDC_SECRET, or none of them"
