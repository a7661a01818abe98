"""Opening any source: the header now, the rows as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from holdfast.definitions.source import Source
from holdfast.errors.ingest import UnknownFormat

from .header import named_columns
from .raw_chunk import RawChunk
from .read_csv import read_csv
from .read_jsonl import read_jsonl
from .read_parquet import read_parquet
from .read_xlsx import read_xlsx
from .unpack import open_bytes

ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xlsx",
    ".ods": "xlsx",
}


@dataclass(frozen=True)
class SourceRows:
    """An opened export. ``columns`` is empty where each chunk names its own (JSON lines)."""

    format: str
    columns: tuple[str, ...]
    chunks: Iterator[RawChunk]
    delimiter: str = ","


@dataclass(frozen=True)
class Reading:
    """How a file is to be read, where the file does not say it. ``named`` are the columns that are mapped."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    decimal: str = "."
    named: frozenset[str] = frozenset()


def format_of(path: Path, stated: str | None = None) -> str:
    """The format of a file by the source's word, else by its ending; ``.gz`` and ``.zip`` are looked through.

    >>> format_of(Path("a/b.csv.gz"))
    'csv'
    """
    if stated is not None:
        return stated
    endings = [ending.lower() for ending in path.suffixes]
    if endings and endings[-1] in (".gz", ".zip"):
        endings.pop()
        if not endings:
            return "csv"
    if endings and endings[-1] in ENDINGS:
        return ENDINGS[endings[-1]]
    raise UnknownFormat(path=path)


def is_parquet(path: Path, stated: str | None = None) -> bool:
    """Whether a file is read as Parquet.

    >>> is_parquet(Path("a.parquet")), is_parquet(Path("a.PQ")), is_parquet(Path("a.parquet"), "csv")
    (True, True, False)
    """
    return stated == "parquet" if stated else ENDINGS.get(path.suffix.lower()) == "parquet"


@contextmanager
def open_rows(path: Path, format: str, reading: Reading) -> Iterator[SourceRows]:
    """The rows of one file."""
    if format == "parquet":
        columns, chunks = read_parquet(path)
        yield SourceRows(format, columns, chunks)
    elif format == "xlsx":
        columns, chunks = read_xlsx(path, reading.sheet, reading.decimal)
        yield SourceRows(format, columns, chunks)
    elif format == "jsonl":
        with open_bytes(path) as stream:
            yield SourceRows(format, (), read_jsonl(stream, path, reading.encoding, reading.named, reading.decimal))
    else:
        with open_bytes(path) as stream:
            rows = read_csv(stream, path, reading.encoding, reading.delimiter)
            yield SourceRows(format, rows.columns, rows.chunks, rows.delimiter)


@contextmanager
def open_source_file(source: Source, path: Path) -> Iterator[SourceRows]:
    """The rows of one file of ``source``."""
    reading = Reading(source.encoding, source.delimiter, source.sheet, source.decimal, frozenset(named_columns(source)))
    with open_rows(path, format_of(path, source.format), reading) as rows:
        yield rows
