"""One block of CSV lines to columns: the fast parser for runs of lines, the careful one for the rest."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from . import limits
from .blocks import Block
from .raw_chunk import RawChunk, RawReject
from .split_record import fields, record_end

Lines = np.ndarray


@dataclass
class CsvBlock:
    """The lines of a block while they are sorted into fast, careful, blank and bad ones.

    ``read`` gives the chunk and the offset from which the block could not be finished: a quote is open
    there and more lines are needed.
    """

    block: Block
    columns: tuple[str, ...]
    delimiter: str
    rejects: list[RawReject] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.width = len(self.columns)
        self._bytes = np.frombuffer(self.block.data, dtype=np.uint8)
        self.ends: Lines = np.flatnonzero(self._bytes == 10) + 1
        self.starts: Lines = np.concatenate(([0], self.ends[:-1]))
        self.rows: list[tuple[int, int, list[str]]] = []
        self.fast: Lines = np.ones(len(self.ends), dtype=bool)
        self.stop = len(self.ends)

    def read(self, final: bool) -> tuple[RawChunk, int]:
        """Read the block; ``final`` says that no line follows."""
        self._set_aside_bad_lines()
        self._careful(self._lines_with_odd_quotes(), final)
        self.fast[self.stop :] = False
        columns, ordinals = self._fast_rows(final)
        self.rejects = [r for r in self.rejects if r.line < self.block.first_line + self.stop]
        offset = len(self.block.data) if self.stop == len(self.ends) else int(self.starts[self.stop])
        return self._chunk(columns, ordinals), offset

    def raw_line(self, ordinal: int, last: int | None = None) -> bytes:
        """The bytes of a line, or of several, without the line end."""
        end = int(self.ends[ordinal if last is None else last]) - 1
        start = int(self.starts[ordinal])
        return self.block.data[start : min(end, start + limits.MAX_LINE_BYTES)]

    def _reject(self, ordinal: int, reason: str, detail: str, raw: bytes | None = None) -> None:
        line = self.block.first_line + ordinal
        kept = self.raw_line(ordinal) if raw is None else raw
        self.rejects.append(RawReject(line, line, reason, detail, kept))  # type: ignore[arg-type]
        self.fast[ordinal] = False

    def _set_aside_bad_lines(self) -> None:
        lengths = self.ends - self.starts
        self.fast[lengths <= 1] = False
        for ordinal in np.flatnonzero(lengths > limits.MAX_LINE_BYTES).tolist():
            head = self.raw_line(ordinal)[: limits.KEPT_RAW_BYTES]
            self._reject(ordinal, "too_long", f"longer than {limits.MAX_LINE_BYTES:,} bytes", head)
        for line, head in self.block.cut.items():
            self._reject(line - self.block.first_line, "too_long", f"longer than {limits.MAX_LINE_BYTES:,} bytes", head)
        for ordinal in bad_utf8(self.block.data, self._bytes, self.ends):
            if self.fast[ordinal]:
                self._reject(ordinal, "bad_encoding", "the bytes are not text in the encoding of the file")

    def _quotes(self) -> Lines:
        quotes = np.flatnonzero(self._bytes == 34)
        return np.bincount(np.searchsorted(self.ends, quotes, side="right"), minlength=len(self.ends))

    def _lines_with_odd_quotes(self) -> Lines:
        if b'"' not in self.block.data:
            return np.array([], dtype=np.int64)
        return np.flatnonzero((self._quotes() % 2 == 1) & self.fast)

    def _careful(self, ordinals: Lines, final: bool) -> None:
        """Parse the records that start in these lines; lines they swallow rightly are theirs."""
        done = -1
        for ordinal in ordinals.tolist():
            if ordinal <= done or not self.fast[ordinal] or ordinal >= self.stop:
                continue
            end = record_end(self.block.data, int(self.starts[ordinal]), ord(self.delimiter))
            if end is None and not final:
                self.stop = ordinal
                return
            last = -1 if end is None or end < 0 else int(np.searchsorted(self.ends, end))
            row = self._row(ordinal, last) if last >= ordinal else None
            if row is None:
                self._reject(ordinal, "unterminated_quote", "a quote opens in this line and never closes")
                continue
            self.fast[ordinal : last + 1] = False
            done = last
            if len(row) == self.width:
                self.rows.append((ordinal, last, row))
            else:
                self._reject(ordinal, "bad_row", f"{len(row)} fields instead of {self.width}")

    def _row(self, ordinal: int, last: int) -> list[str] | None:
        """The fields of a record, None where lines were joined that do not belong together."""
        lines = np.arange(ordinal, last + 1)
        blank = self.ends[lines] - self.starts[lines] <= 1
        cut = any(ordinal + self.block.first_line <= line <= last + self.block.first_line for line in self.block.cut)
        if cut or not (self.fast[lines] | blank).all():
            return None
        row = fields(self.block.data[int(self.starts[ordinal]) : int(self.ends[last])], self.delimiter)
        return row if last == ordinal or len(row) == self.width else None

    def _fast_rows(self, final: bool) -> tuple[pa.Table, Lines]:
        ordinals = np.flatnonzero(self.fast)
        table, bad = parse_lines(self._joined(ordinals), self.width, self.delimiter)
        if table.num_rows + len(bad) != len(ordinals):
            quoted = np.flatnonzero((self._quotes() > 0) & self.fast)
            self._careful(quoted, final)
            self.fast[self.stop :] = False
            ordinals = np.flatnonzero(self.fast)
            table, bad = parse_lines(self._joined(ordinals), self.width, self.delimiter)
        keep = np.ones(len(ordinals), dtype=bool)
        for number, found in bad:
            keep[number - 1] = False
            self._reject(int(ordinals[number - 1]), "bad_row", f"{found} fields instead of {self.width}")
        return table, ordinals[keep]

    def _joined(self, ordinals: Lines) -> bytes:
        if len(ordinals) == len(self.ends):
            return self.block.data
        mask = np.zeros(len(self.ends), dtype=bool)
        mask[ordinals] = True
        edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.view(np.int8), [0]))))
        runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        return b"".join(self.block.data[int(self.starts[a]) : int(self.ends[b - 1])] for a, b in runs)

    def _chunk(self, table: pa.Table, ordinals: Lines) -> RawChunk:
        lasts = ordinals
        if self.rows:
            columns = list(zip(*(row for _, _, row in self.rows), strict=True))
            careful = pa.table([pa.array(c, pa.string()) for c in columns], schema=table.schema)
            ordinals = np.concatenate((ordinals, [first for first, _, _ in self.rows])).astype(np.int64)
            lasts = np.concatenate((lasts, [last for _, last, _ in self.rows])).astype(np.int64)
            order = np.argsort(ordinals, kind="stable")
            ordinals, lasts = ordinals[order], lasts[order]
            table = pa.concat_tables([table, careful]).take(pa.array(order))
        first = self.block.first_line
        return RawChunk(
            table.rename_columns(list(self.columns)),
            pa.array(ordinals + first, pa.int64()),
            pa.array(lasts + first, pa.int64()),
            lambda i: self.raw_line(int(ordinals[i]), int(lasts[i])),
            self.rejects,
        )


def parse_lines(data: bytes, width: int, delimiter: str) -> tuple[pa.Table, list[tuple[int, int]]]:
    """Columns c0, c1, ... of text, and (row number from 1, fields found) of rows of another width."""
    names = [f"c{i}" for i in range(width)]
    schema = pa.schema([(name, pa.string()) for name in names])
    bad: list[tuple[int, int]] = []

    def note(row: pa_csv.InvalidRow) -> str:
        bad.append((row.number, row.actual_columns))
        return "skip"

    if not data:
        return schema.empty_table(), bad
    table = pa_csv.read_csv(
        io.BytesIO(data),
        read_options=pa_csv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=names),
        parse_options=pa_csv.ParseOptions(
            delimiter=delimiter, quote_char='"', ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=pa_csv.ConvertOptions(column_types=schema, strings_can_be_null=False, check_utf8=False),
    )
    return table, bad


def bad_utf8(data: bytes, values: Lines, ends: Lines) -> list[int]:
    """Ordinals of the lines that are not UTF-8."""
    try:
        data.decode("utf-8")
        return []
    except UnicodeDecodeError:
        pass
    suspects = np.unique(np.searchsorted(ends, np.flatnonzero(values >= 0x80), side="right"))
    bad = []
    for ordinal in suspects.tolist():
        start = int(ends[ordinal - 1]) if ordinal else 0
        try:
            data[start : int(ends[ordinal])].decode("utf-8")
        except UnicodeDecodeError:
            bad.append(ordinal)
    return bad
