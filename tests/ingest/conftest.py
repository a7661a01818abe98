"""Mapping small exports in tests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from holdfast.definitions.source import ColumnMap, Source
from holdfast.ingest.header_drift import HeaderDrift
from holdfast.ingest.map_context import MapContext
from holdfast.ingest.mapping import map_source_file

sys.path.insert(0, str(Path(__file__).parents[2]))


NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """All chunks of one export together."""

    rows_in: int
    records: list[list[dict[str, Any]]]
    rejects: list[dict[str, Any]]
    filtered: list[int]
    drift: HeaderDrift | None
    notes: dict[str, int]

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.records[0]

    @property
    def reasons(self) -> dict[int, str]:
        return {reject["line"]: reject["reason"] for reject in self.rejects}

    def column(self, name: str) -> list[Any]:
        return [row[name] for row in self.rows]


def outcome_of(source: Source, path: Path, **context: Any) -> Outcome:
    chunks = list(map_source_file(source, path, MapContext(**({"now": NOW} | context))))
    count = len(source.records)
    records = [
        pa.concat_tables([c.records[n] for c in chunks if n in c.records] or [pa.table({})]) for n in range(count)
    ]
    notes: dict[str, int] = {}
    for chunk in chunks:
        for name, number in chunk.notes.items():
            notes[name] = notes.get(name, 0) + number
    outcome = Outcome(
        sum(c.rows_in for c in chunks),
        [table.to_pylist() for table in records],
        [reject for c in chunks for reject in c.rejects.to_pylist()],
        [line for c in chunks for line in c.filtered],
        chunks[0].drift,
        notes,
    )
    lines = {row["_line"] for rows in outcome.records for row in rows}
    assert outcome.rows_in == len(lines) + len(outcome.rejects) + len(outcome.filtered)
    return outcome


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Outcome]:
    """Map ``data`` (text, bytes, or the path of a file) as the records given; returns the outcome."""

    def run(
        data: str | bytes | Path, records: dict[str, dict[str, Any]], name: str = "export.csv", **more: Any
    ) -> Outcome:
        path = data if isinstance(data, Path) else tmp_path / name
        if isinstance(data, str):
            path.write_bytes(data.encode())
        elif isinstance(data, bytes):
            path.write_bytes(data)
        context = {key: more.pop(key) for key in ("zone", "lookup", "now", "workspace") if key in more}
        return outcome_of(source_of(records, **more), path, **context)

    return run


def source_of(records: dict[str, dict[str, Any]], **more: Any) -> Source:
    """A source; a column given as text is the export's column of that name."""
    entries = [
        {
            "record": record,
            "columns": {
                n: ColumnMap(column=c) if isinstance(c, str) else c for n, c in columns.items() if n != "where"
            },
            "where": columns.get("where"),
        }
        for record, columns in records.items()
    ]
    return Source.model_validate({"source": "export", "records": entries} | more)


@pytest.fixture
def make_source() -> Callable[..., Source]:
    return source_of


@pytest.fixture
def accounts() -> dict[str, dict[str, Any]]:
    """The records of an export with the columns id, name, staff, created and revenue."""
    return {
        "account": {
            "account_id": "id",
            "name": "name",
            "employee_count": "staff",
            "created_at": "created",
            "revenue": "revenue",
        }
    }
