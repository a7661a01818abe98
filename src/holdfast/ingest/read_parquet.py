"""Parquet: typed columns, row numbers instead of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.errors.ingest import BadFile, NoSuchFile, SchemaChange

from . import limits
from .arrow_rows import arrow_rows
from .header import check_header
from .raw_chunk import RawChunk

BUFFER = 1024**2


def read_parquet(path: Path) -> tuple[tuple[str, ...], Iterator[RawChunk]]:
    """The names of the columns, and the rows. A damaged file is a BadFile, here or while reading."""
    file = _open(path)
    names = check_header(file.schema_arrow.names, path)
    return names, arrow_rows(_batches(file, path), list(names))


def _open(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(
            path, page_checksum_verification=True, memory_map=False, pre_buffer=False, buffer_size=BUFFER
        )
    except FileNotFoundError as error:
        raise NoSuchFile(source=path.name, path=path) from error
    except (pa.ArrowException, OSError) as error:
        raise _bad(path, error) from error


def _batches(file: pq.ParquetFile, path: Path) -> Iterator[pa.RecordBatch]:
    try:
        with file:
            yield from file.iter_batches(batch_size=limits.MAX_CHUNK_ROWS // 4, use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise _bad(path, error) from error


def _bad(path: Path, error: Exception) -> BadFile:
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return BadFile(path=path, format="Parquet", what=first.rstrip("."))


class ParquetSchemas:
    """The columns and types of the Parquet files of one source, file by file."""

    def __init__(self) -> None:
        self._before: dict[str, tuple[pa.DataType, Path]] = {}

    def add(self, path: Path) -> list[str]:
        """What this file changes, in words; SchemaChange where values would be lost.

        A type may widen: more digits, finer times, whole numbers to decimals, anything to text.
        """
        changes = []
        with _open(path) as file:
            kinds = {field.name: _plain(field.type) for field in file.schema_arrow}
        for name, kind in kinds.items():
            known, first = self._before.get(name, (kind, path))
            if known == kind:
                continue
            if not (fits(kind, known) or fits(known, kind)):
                raise SchemaChange(path=path, first=first, column=name, before=known, after=kind)
            changes.append(f"{path.name}: {name} is {kind}, but {known} in {first.name}")
        for name, kind in kinds.items():
            self._before.setdefault(name, (kind, path))
        return changes


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def check_schemas(files: Sequence[Path]) -> list[str]:
    """What changed between the Parquet files of one source, in words."""
    schemas = ParquetSchemas()
    return [change for path in files for change in schemas.add(path)]


def fits(narrow: pa.DataType, wide: pa.DataType) -> bool:
    """Whether every value of ``narrow`` has its exact value in ``wide``.

    >>> fits(pa.int32(), pa.float64()), fits(pa.int64(), pa.float64()), fits(pa.date32(), pa.timestamp("us"))
    (True, False, True)
    """
    t = pa.types
    if narrow == wide or t.is_null(narrow) or t.is_string(wide) or t.is_large_string(wide):
        return True
    if t.is_integer(narrow) and t.is_integer(wide):
        room = wide.bit_width - t.is_signed_integer(wide) >= narrow.bit_width - t.is_signed_integer(narrow)
        return room and (t.is_signed_integer(wide) or not t.is_signed_integer(narrow))
    if t.is_integer(narrow) and t.is_floating(wide):
        return bool(narrow.bit_width <= wide.bit_width // 2)
    if t.is_integer(narrow) and t.is_decimal(wide):
        return bool(wide.precision - wide.scale >= len(str(2**narrow.bit_width)))
    if t.is_decimal(narrow) and t.is_decimal(wide):
        return bool(wide.scale >= narrow.scale and wide.precision - wide.scale >= narrow.precision - narrow.scale)
    if t.is_floating(narrow) and t.is_floating(wide):
        return bool(wide.bit_width >= narrow.bit_width)
    if t.is_timestamp(narrow) and t.is_timestamp(wide):
        return (narrow.tz is None) == (wide.tz is None) and _unit(narrow) <= _unit(wide)
    return t.is_date(narrow) and (t.is_date(wide) or (t.is_timestamp(wide) and wide.tz is None))


def _unit(kind: pa.DataType) -> int:
    return ("s", "ms", "us", "ns").index(kind.unit)
