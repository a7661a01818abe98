"""Errors of batches."""

from __future__ import annotations

from .roots import InternalError, UserError


class AccountDoesNotAddUp(InternalError):
    """Rows of a batch are not accounted for. Facts: source, account."""

    where = "source {source}"
    reason = "the row account does not add up: {account}; nothing of the batch was loaded"
    next_command = "report this with the file's first lines"


class CommitNotReadBack(InternalError):
    """A committed file does not hold what was written. Facts: path, expected, found."""

    where = "{path}"
    reason = "{expected} rows were written, {found} came back"
    next_command = "holdfast doctor"


class NoSuchBatch(UserError):
    """Facts: batch."""

    reason = "there is no batch {batch}"
    next_command = "holdfast quarantine list"


class BadCorrections(UserError):
    """A file of corrected rows cannot be used. Facts: path, what."""

    where = "{path}"
    reason = "{what}"
    next_command = "holdfast quarantine fix rows.csv, correct the column raw, holdfast quarantine replay rows.csv"


class UnsetVariable(UserError):
    """The path of a source names an environment variable that is not set. Facts: source, variable."""

    where = "source {source}"
    reason = "files: names the environment variable {variable}, which is not set"
    next_command = "export {variable}=/folder/of/the/exports"


class NoFiles(UserError):
    """Facts: source, files."""

    where = "source {source}"
    reason = "no file matches {files}"
    next_command = "put the export there, or change files: in the source"
