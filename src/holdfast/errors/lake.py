"""Errors of stored tables."""

from __future__ import annotations

from .roots import InternalError, UserError


class DamagedFile(UserError):
    """A stored data file is missing or changed. Facts: path, problem."""

    where = "{path}"
    reason = "{problem}; no number is computed from it"
    next_command = "holdfast doctor"


class CompactionDiffers(InternalError):
    """A merged file does not hold the rows of the files it was made of. Facts: table, before, after."""

    where = "table {table}"
    reason = "{before} rows were merged and {after} came out or differ; the files before it stay in use"
    next_command = "holdfast doctor"


class EngineCannot(UserError):
    """An engine is asked for what it cannot do. Facts: engine, capability, why."""

    where = "engine {engine}"
    reason = "{capability} is not possible: {why}"
    next_command = "take spark: out of engine: in holdfast.yml, or leave {capability} out"


class NoSpark(UserError):
    """A Spark session could not be begun. Facts: master, problem."""

    where = "engine spark, {master}"
    reason = "no session could be begun: {problem}; the last publish stays"
    next_command = "see docs/how-to/run-on-spark.md, or take spark: out of engine: in holdfast.yml"
