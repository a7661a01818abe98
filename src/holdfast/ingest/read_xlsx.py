"""Spreadsheets: one sheet, its first filled row as the header, sheet rows as lines."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine as calamine

from holdfast.errors.ingest import BadFile, NoSuchFile, TooLarge

from . import limits
from .cell_text import cell_text
from .header import check_header
from .raw_chunk import RawChunk
from .text_rows import Row, text_rows

MAX_SHEET_BYTES = 1024**3
"""unpacked size of all parts of a workbook"""
PROLOG_BYTES = 65_536


def read_xlsx(path: Path, sheet: str | None = None, decimal: str = ".") -> tuple[tuple[str, ...], Iterator[RawChunk]]:
    """The header and the rows of ``sheet``, or of the first sheet that has rows."""
    _check_parts(path)
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            rows = _rows(book, sheet, path)
            header = next(rows, None)
            if header is None:
                return (), iter(())
            names = check_header(_trim_end([cell_text(v) or "" for v in header[1]]), path)
            texts = list(_texts(rows, len(names), decimal))
    except calamine.CalamineError as error:
        raise BadFile(path=path, format="spreadsheet", what=str(error)) from error
    except OSError as error:
        raise BadFile(path=path, format="spreadsheet", what=str(error)) from error
    return names, text_rows(texts, names)


def _rows(book: calamine.CalamineWorkbook, sheet: str | None, path: Path) -> Iterator[tuple[int, list[Any]]]:
    if sheet is not None and sheet not in book.sheet_names:
        what = f"there is no sheet {sheet!r}; there are {', '.join(book.sheet_names)}"
        raise BadFile(path=path, format="spreadsheet", what=what)
    for name in [sheet] if sheet is not None else book.sheet_names:
        found = book.get_sheet_by_name(name)
        if found.start is None:
            continue
        for number, row in enumerate(found.iter_rows(), start=1):
            if any(value != "" for value in row):
                yield number, row
        return


def _texts(rows: Iterator[tuple[int, list[Any]]], width: int, decimal: str) -> Iterator[Row]:
    for line, row in rows:
        values = [cell_text(value, decimal) for value in row[:width]]
        yield line, values + [None] * (width - len(values))


def _trim_end(names: list[str]) -> list[str]:
    while names and not names[-1].strip():
        names.pop()
    return names


def _check_parts(path: Path) -> None:
    """Refuse parts that unpack too far, and any document type (the home of entities)."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                return
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            packed = max(path.stat().st_size, 1)
            size = sum(part.file_size for part in parts)
            bomb = size > limits.RATIO_GRACE_BYTES and size > packed * limits.MAX_UNPACK_RATIO
            if size > MAX_SHEET_BYTES or bomb:
                raise TooLarge(path=path, what=f"its parts unpack to {size:,} bytes")
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(part) as content:
                        if b"<!DOCTYPE" in content.read(PROLOG_BYTES).upper():
                            what = f"the part {part.filename} declares a document type"
                            raise BadFile(path=path, format="spreadsheet", what=what)
    except FileNotFoundError as error:
        raise NoSuchFile(source=path.name, path=path) from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadFile(path=path, format="spreadsheet", what=str(error)) from error
