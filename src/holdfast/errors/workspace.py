"""Errors of workspaces and commands."""

from __future__ import annotations

from .roots import UserError


class NoWorkspace(UserError):
    """The folder holds no workspace. Facts: folder."""

    where = "{folder}"
    reason = "there is no holdfast.yml here"
    next_command = "holdfast init {folder}"
    exit_code = 2


class UnknownAccount(UserError):
    """No account with this id. Facts: account_id, nearest (may be empty), folder."""

    where = "account {account_id}"
    reason = "no account has this id{nearest}"
    next_command = "holdfast accounts"


class WrongOption(UserError):
    """An option has a value that cannot be used. Facts: option, value, reason, hint."""

    where = "{option} {value}"
    reason = "{reason}"
    next_command = "{hint}"
    exit_code = 2


class UnknownTable(UserError):
    """No such table to export. Facts: table, tables."""

    where = "{table}"
    reason = "there is no table of this name; there are {tables}"
    next_command = "holdfast export scores -o scores.csv"
    exit_code = 2


class NoData(UserError):
    """Nothing was loaded, so there is no day to score. Facts: folder."""

    where = "{folder}"
    reason = "no source gave any row with a date"
    next_command = "holdfast quality"


class NoScorecard(UserError):
    """The definitions hold no scorecard, so there is nothing to score by. Facts: folder."""

    where = "{folder}"
    reason = "no scorecard is defined: neither in scorecards/ nor by scorecards: in holdfast.yml"
    next_command = "add scorecards: [balanced] to holdfast.yml, then holdfast run -w {folder}"


class DayNotKnown(UserError):
    """An account is not known on a day. Facts: account_id, day."""

    where = "account {account_id}"
    reason = "the account is not known on {day}"
    next_command = "holdfast account {account_id}"


class UnknownMetric(UserError):
    """No metric of this name. Facts: name, nearest (may be empty)."""

    where = "metric {name}"
    reason = "the catalogue has no such metric{nearest}"
    next_command = "holdfast metrics"
    exit_code = 2


class NoScorecardFile(UserError):
    """There is no scorecard to try. Facts: path."""

    where = "{path}"
    reason = "there is no such file"
    next_command = "holdfast try scorecards/health.yml"
    exit_code = 2


class MetricsNotStored(UserError):
    """A scorecard asks for metrics that stored history does not hold. Facts: path, metrics, verb."""

    where = "{path}"
    reason = "{metrics} {verb} not stored, as no run has computed it"
    next_command = "holdfast run"


class ReferenceDayNotStored(UserError):
    """A scorecard compares with the population of a day that is not stored. Facts: path, scorecard, day, nearest."""

    where = "{path}"
    reason = "{scorecard} compares with the accounts of {day}, a day that is not stored"
    next_command = "write reference: {{on: {nearest}}}, or holdfast run with longer history"


class UnknownSignal(UserError):
    """No signal of this name. Facts: name, nearest (may be empty)."""

    where = "signal {name}"
    reason = "no signal is called that{nearest}"
    next_command = "holdfast signals"
    exit_code = 2


class StateElsewhere(UserError):
    """The state lies in a database server, which has its own backup. Facts: target."""

    where = "{target}"
    reason = "the state of this workspace is in PostgreSQL, so a file could not hold what belongs together"
    next_command = "stop the worker, then save the database with pg_dump and this folder with a copy"


class FolderInUse(UserError):
    """A backup is to be restored over something. Facts: folder, file."""

    where = "{folder}"
    reason = "there is something in this folder, and a restore replaces nothing"
    next_command = "holdfast restore {file} {folder}-restored"
    exit_code = 2


class BackupDamaged(UserError):
    """A backup cannot be trusted; nothing of it was restored. Facts: file, reason."""

    where = "{file}"
    reason = "this is no whole backup: {reason}"
    next_command = "holdfast restore OLDER-BACKUP.tar NEW-FOLDER"
