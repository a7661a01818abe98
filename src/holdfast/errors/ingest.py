"""What can be wrong with a whole source or file."""

from __future__ import annotations

from .roots import UserError


class IngestError(UserError):
    """A source that cannot be read. The batch is refused; the other sources of the run go on."""


class NoSuchFile(IngestError):
    """Facts: source, path."""

    where = "source {source}"
    reason = "there is no file {path}"
    next_command = "put the file there, or change files: in the source"


class UnknownFormat(IngestError):
    """Facts: path."""

    where = "{path}"
    reason = "the ending tells no format that can be read"
    next_command = "set format: csv, jsonl, parquet or xlsx"


class WrongEncoding(IngestError):
    """Facts: path, line, bad, rows."""

    where = "{path}:{line}"
    reason = "{bad} of the first {rows} rows are not UTF-8 text"
    next_command = "set encoding: in the source, such as encoding: windows-1252 or encoding: utf-16"


class UnknownEncoding(IngestError):
    """Facts: path, encoding."""

    where = "{path}"
    reason = "the encoding {encoding!r} is not known"
    next_command = "use utf-8, utf-16, latin-1 or windows-1252 in encoding:"


class BadHeader(IngestError):
    """Facts: path, what."""

    where = "{path}:1"
    reason = "{what}"
    next_command = "correct the first row of the export and load it again"


class MissingColumns(IngestError):
    """Facts: path, columns (text), nearest (text, may be empty)."""

    where = "{path}"
    reason = "the file lacks the column {columns}{nearest}"
    next_command = "correct the column names in the source, then holdfast check"


class TooLarge(IngestError):
    """Facts: path, what."""

    where = "{path}"
    reason = "{what}"
    next_command = "unpack and check the file by hand, then load it in parts"


class BadArchive(IngestError):
    """Facts: path, what."""

    where = "{path}"
    reason = "the archive cannot be read: {what}"
    next_command = "export the file again, or unpack it by hand"


class BadFile(IngestError):
    """Facts: path, format, what."""

    where = "{path}"
    reason = "this is not a readable {format} file: {what}"
    next_command = "export the file again"


class SchemaChange(IngestError):
    """Facts: path, first, column, before, after."""

    where = "{path}"
    reason = "the column {column} is {after}, but {before} in {first}, and one does not fit into the other"
    next_command = "export the column with one type"


class SqlFailed(IngestError):
    """Facts: source, what."""

    where = "source {source}"
    reason = "the database did not answer the query: {what}"
    next_command = "check sql: in the source and that the server can be reached"


class SqlSetting(IngestError):
    """Facts: source, what, fix."""

    where = "source {source}"
    reason = "{what}"
    next_command = "{fix}"


class BadExpression(IngestError):
    """Facts: source, what, text."""

    where = "source {source}"
    reason = "the expression {text!r} does not work on this file: {what}"
    next_command = "holdfast check"


class DiskFull(UserError):
    """A volume has no space left. Facts: folder, free (MB)."""

    where = "{folder}"
    reason = "the disk is full ({free} MB are free); what was committed is whole and stays readable"
    next_command = "free some space on this volume, then: holdfast run"


class MemoryReached(UserError):
    """The engine cannot go on within its memory limit, with all it can spill. Facts: folder, memory."""

    where = "{folder}"
    reason = "the work does not fit into the memory limit of {memory}; what was committed stays"
    next_command = "raise memory: under engine: in holdfast.yml, or lower threads: there"
