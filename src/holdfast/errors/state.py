"""Errors of runs and the state database."""

from __future__ import annotations

from .roots import InternalError, UserError


class RunInProgress(UserError):
    """Another run holds the workspace. Facts: folder, process."""

    where = "{folder}"
    reason = "another run is at work in this workspace (process {process})"
    next_command = "wait for it to end, then: holdfast run"


class RunOvertaken(UserError):
    """A later run has begun while this one was away: it may not publish any more. Facts: run, state, day."""

    where = "run {run} of {day}"
    reason = "it is no longer the run at work (it is {state}): a later one has begun, and nothing was published"
    next_command = "holdfast run"


class NewerState(UserError):
    """A newer program has upgraded the state database. Facts: folder, step."""

    where = "{folder}"
    reason = "its state database was upgraded by a newer Holdfast (step {step}); this one leaves it alone"
    next_command = "install that version again, or restore a backup from before: holdfast restore FILE DIR"


class NothingPublished(UserError):
    """There is no published run yet. Facts: folder."""

    where = "{folder}"
    reason = "nothing is published here yet"
    next_command = "holdfast run -w {folder}"


class HistoryIsAppendOnly(InternalError):
    """Something tried to change a line of a history. Facts: what."""

    where = "history"
    reason = "{what} is written and stays"
    next_command = "add a new line instead"
