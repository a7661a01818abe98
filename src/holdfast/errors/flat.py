"""Errors about flat tables: one row an account."""

from __future__ import annotations

from .roots import UserError


class FlatColumnMissing(UserError):
    """A column that is needed is not recognised. Facts: ``place``, ``needed``, ``columns`` (text)."""

    where = "{place}"
    reason = "no column is recognised as {needed}; the columns are: {columns}"
    next_command = "holdfast score {place} --map COLUMN={needed}"


class FlatNothingToScore(UserError):
    """No column is recognised as a metric. Facts: ``place``, ``columns``, ``metrics`` (texts)."""

    where = "{place}"
    reason = "no column is recognised as something to score; the columns are: {columns}; wanted is any of: {metrics}"
    next_command = "holdfast score {place} --map COLUMN=logins_30d"


class FlatEmpty(UserError):
    """The table has no rows. Facts: ``place``."""

    where = "{place}"
    reason = "the table has no rows"
    next_command = "head {place}"


class FlatMapUnknown(UserError):
    """``--map`` names something that does not exist. Facts: ``place``, ``what``, ``name``, ``hint``."""

    where = "{place}, --map"
    reason = "there is no {what} {name!r}"
    next_command = "{hint}"
    exit_code = 2


class FlatScaleUnknown(UserError):
    """No known scale holds the values of a score column. Facts: ``place``, ``column``, ``low``, ``high``."""

    where = "{place}, column {column}"
    reason = "the values run from {low:g} to {high:g}, which fits no known scale"
    next_command = "holdfast score {place} --map {column}=ignore"
