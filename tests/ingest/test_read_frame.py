"""One flat file as a table of texts."""

from __future__ import annotations

from datetime import date

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.errors.ingest import UnknownFormat
from holdfast.ingest.read_frame import read_rows, read_rows_and_rejects

EXPECTED = [
    {"id": "007", "mrr": "1234.5", "since": "2026-01-02", "_line": 2},
    {"id": "8", "mrr": None, "since": None, "_line": 3},
]


def test_every_format_gives_the_same_texts(tmp_path):
    (tmp_path / "a.csv").write_text("id;mrr;since\n007;1234.5;2026-01-02\n8;;\n")
    (tmp_path / "a.jsonl").write_text('{"id":"007","mrr":1234.5,"since":"2026-01-02"}\n{"id":8}\n')
    table = pa.table({"id": ["007", "8"], "mrr": [1234.5, None], "since": [date(2026, 1, 2), None]})
    pq.write_table(table, tmp_path / "a.parquet")
    book = openpyxl.Workbook()
    for row in (["id", "mrr", "since"], ["007", 1234.5, date(2026, 1, 2)], [8]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    for name, shift in (("a.csv", 0), ("a.xlsx", 0), ("a.jsonl", -1), ("a.parquet", -1)):
        rows = read_rows(tmp_path / name).to_pylist()
        found = [{key: value or None for key, value in row.items()} for row in rows]
        assert found == [row | {"_line": row["_line"] + shift} for row in EXPECTED], name


def test_rows_that_do_not_fit_are_told(tmp_path):
    (tmp_path / "a.csv").write_text("id,mrr\n1,2,3\n4,5\n")
    table, rejects = read_rows_and_rejects(tmp_path / "a.csv")
    assert table.to_pylist() == [{"id": "4", "mrr": "5", "_line": 3}]
    assert [(r.line, r.reason) for r in rejects] == [(2, "bad_row")]


def test_nothing_but_a_header(tmp_path):
    (tmp_path / "a.csv").write_text("id,mrr\n")
    assert read_rows(tmp_path / "a.csv").schema.names == ["id", "mrr", "_line"]


def test_an_unknown_ending_asks_for_the_format(tmp_path):
    (tmp_path / "a.dat").write_text("id\n1\n")
    with pytest.raises(UnknownFormat, match="format:"):
        read_rows(tmp_path / "a.dat")
    assert read_rows(tmp_path / "a.dat", format="csv").num_rows == 1
