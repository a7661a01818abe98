"""Planted rows stand where the truth file says, are few, and are found for the stated reason."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from holdfast.definitions.load import load
from holdfast.definitions.source import Source
from holdfast.ingest.map_context import MapContext
from holdfast.ingest.mapping import map_source_file

from .conftest import Company

KINDS = {
    "bad number", "impossible date", "ambiguous date", "missing required", "unknown account", "unknown enum value",
    "duplicated row", "same id, other body", "wrong column count", "broken quotes", "broken encoding", "future event",
    "negative amount", "NUL byte", "not finite", "broken JSON",
}  # fmt: skip
MARKS = {"NUL byte": b"\x00", "broken quotes": b"Never,Closed", "future event": b"2098-"}


@cache
def _lines(path: Path) -> list[bytes]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.replace(b'"', b"").split(b"\n")


def _line(path: Path, number: int) -> bytes:
    return _lines(path)[number - 1]


def test_every_kind_is_planted(company: Company) -> None:
    assert {row["kind"] for row in company.truth["planted"]} == KINDS
    assert company.summary.planted == len(company.truth["planted"])


def test_they_are_well_under_the_hold_limit(company: Company) -> None:
    count = Counter(row["file"] for row in company.truth["planted"])
    for name, planted in count.items():
        assert planted <= 0.021 * company.summary.rows[name], name


def test_they_stand_at_the_stated_lines(company: Company) -> None:
    for row in company.truth["planted"]:
        path = company.folder / row["file"]
        if path.suffix == ".xlsx":
            cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[row["line"] - 1]
            assert "eleven" in cells or "Horoscope" in cells
            continue
        line = _line(path, row["line"])
        assert MARKS.get(row["kind"], b"") in line
        if row["kind"] == "duplicated row":
            assert line in _lines(path)[1 : row["line"] - 1]
        elif row["kind"] != "same id, other body" and row["column"] not in ("account_id", "occurred_at"):
            assert b"98000" in line or line.startswith(b"9") or b"000001" in line, (row, line)


def _everything(record: str, by: str, take: str) -> pa.Table:
    ids = [f"{n:06d}" for n in range(1, 401)]
    return pa.table({"key": [f"ABO-{i}" for i in ids], "value": ids})


def test_mapping_finds_them_and_nothing_else(company: Company) -> None:
    planted: dict[str, dict[int, str]] = defaultdict(dict)
    for row in company.truth["planted"]:
        if row["expect"] == "quarantined" and row["reason"] not in ("unresolved", "id_conflict"):
            planted[row["file"]][row["line"]] = row["reason"]
    definitions = load(company.folder)
    context = MapContext(zone=definitions.settings.time_zone, lookup=_everything)
    for source in definitions.sources.values():
        for path in _with_planted(company, _files(company.folder, source)):
            found: dict[int, str] = {}
            rows = 0
            for chunk in map_source_file(source, path, context):
                rows += chunk.rows_in
                found |= {r["line"]: r["reason"] for r in chunk.rejects.to_pylist()}
            name = str(path.relative_to(company.folder))
            assert found == planted.get(name, {}), name
            assert rows == company.summary.rows[name]


def _with_planted(company: Company, paths: list[Path]) -> list[Path]:
    """The files with planted rows, and the last one of each source, which may have none."""
    names = {row["file"] for row in company.truth["planted"]}
    return [p for p in paths if p == paths[-1] or str(p.relative_to(company.folder)) in names]


def _files(folder: Path, source: Source) -> list[Path]:
    assert source.files is not None
    found = sorted(folder.glob(source.files))
    assert found, source.source
    return found


@pytest.mark.parametrize(("name", "column"), [("product_events", "occurred_at"), ("billing_invoices", "paid_on")])
def test_good_rows_keep_their_dates(company: Company, name: str, column: str) -> None:
    source = load(company.folder).sources[name]
    path = _files(company.folder, source)[-1]
    table = next(iter(map_source_file(source, path, MapContext()))).records[0]
    assert table.column(column).null_count < table.num_rows
