"""Reads each text of the vault once and keeps what was found, without its words, in the table ``text_marks``."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.failpoint import failpoint
from holdfast.lake import MARKS, TEXT_MARKS, TEXTS, Lake, StagedFile
from holdfast.text.reader import Reader, Reading
from holdfast.text.readers import Readers

READ = frozenset({
    ("ticket", "subject"), ("ticket", "text"), ("message", "text"), ("survey_response", "comment"),
    ("interaction", "text"), ("note", "text"),
})
"""Record and column of the texts that are read; the vault holds others, such as rows in quarantine."""
_AT_ONCE = 10_000


def read_texts(
    lake: Lake, reader: Reader, staging: Path, progress: Callable[[str, int, int], None] = lambda *_: None
) -> int:
    """Read the texts that this version of the reader has not read; how many those were.

    One commit, whole or not at all. Another version of the reader reads all texts and replaces the table.
    """
    marks, texts = lake.table(TEXT_MARKS), lake.table(TEXTS)
    done, current = _read_before(marks.files(), reader.version)
    paths = texts.files()
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    target, count = staging / f"{TEXT_MARKS}.parquet", 0
    failpoint("texts.before_read")
    total = sum(pq.read_metadata(path).num_rows for path in paths)
    with pq.ParquetWriter(target, MARKS) as writer, Readers(reader) as readers:
        seen = 0
        for keys, values, passed in _unread(paths, done):
            writer.write_table(_marks(keys, reader.version, readers.read(values)))
            count, seen = count + len(keys), seen + passed
            progress("Texts", min(seen, total), total)
    if count:
        app = f"{TEXT_MARKS}-{reader.version}-{texts.version()}-{marks.version()}"
        marks.commit([StagedFile(target)], MARKS, app, mode="append" if current else "overwrite")
    shutil.rmtree(staging, ignore_errors=True)
    return count


def _read_before(paths: list[str], version: str) -> tuple[set[int], bool]:
    """The keys that this version has read, and whether the table holds this version alone."""
    keys: set[int] = set()
    for path in paths:
        table = pq.read_table(path, columns=["key", "reader"])
        if table["reader"].unique().to_pylist() not in ([version], []):
            return set(), False
        keys.update(table["key"].to_pylist())
    return keys, True


def _unread(paths: list[str], done: set[int]) -> Iterator[tuple[list[int], list[str], int]]:
    """Keys and values of texts to be read, each key once, and how many rows were passed."""
    known = set(done)
    for path in paths:
        for batch in pq.ParquetFile(path).iter_batches(_AT_ONCE, columns=["key", "record", "column", "value"]):
            keys, values = [], []
            for row in batch.to_pylist():
                if (row["record"], row["column"]) in READ and row["value"] and row["key"] not in known:
                    known.add(row["key"])
                    keys.append(row["key"])
                    values.append(row["value"])
            yield keys, values, batch.num_rows


def _marks(keys: list[int], version: str, readings: list[Reading]) -> pa.Table:
    mood = pa.array([None if r.mood is None else Decimal(str(r.mood)) for r in readings], MARKS.field("mood").type)
    mentions = [[{"kind": m.kind, "start": m.start, "end": m.end} for m in r.mentions] for r in readings]
    return pa.table({
        "key": pa.array(keys, pa.int64()), "reader": pa.array([version] * len(keys), pa.string()),
        "language": pa.array([r.language for r in readings], pa.string()), "mood": mood,
        "mentions": pa.array(mentions, MARKS.field("mentions").type),
    }, schema=MARKS)
