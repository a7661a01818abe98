"""Opening any source: the header now, the rows as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from holdfast.definitions.source import Source
from holdfast.errors.ingest import UnknownFormat

from .raw_chunk import RawChunk
from .read_csv import read_csv
from .unpack import open_bytes

ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
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


@contextmanager
def open_rows(
    path: Path,
    format: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Iterator[SourceRows]:
    """The rows of one file."""
    with open_bytes(path) as stream:
        rows = read_csv(stream, path, encoding, delimiter)
        yield SourceRows(format, rows.columns, rows.chunks, rows.delimiter)


@contextmanager
def open_source_file(source: Source, path: Path) -> Iterator[SourceRows]:
    """The rows of one file of ``source``."""
    format = format_of(path, source.format)
    with open_rows(path, format, source.encoding, source.delimiter, source.sheet) as rows:
        yield rows
