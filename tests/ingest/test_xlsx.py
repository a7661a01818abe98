"""Spreadsheets, written by another program and read by ours."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from holdfast.errors.ingest import BadFile, TooLarge
from holdfast.ingest import limits


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    made.active.title = "notes"
    sheet = made.create_sheet("Accounts")
    sheet.append(["id", "name", "staff", "created", "revenue", None])
    sheet.append([7, "Ann", 5, datetime(2026, 1, 2, 3, 4), 10.25])
    sheet.append([])
    sheet.append(["007", " Bo ", 6.5, "01/02/2026", "1.5"])
    sheet.append(["8", "=1+1", 6, datetime(2026, 1, 2), None])
    second = made.create_sheet("Other")
    second.append(["id"])
    second.append(["x"])
    made.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def test_the_first_filled_sheet_with_its_row_numbers(load, accounts, book):
    found = load(book, accounts)
    assert found.column("account_id") == ["7", "8"]
    assert found.column("_line") == [2, 5]
    assert found.column("created_at") == [datetime(2026, 1, 2, 3, 4), datetime(2026, 1, 2)]
    assert found.column("revenue") == [Decimal("10.25"), None]
    assert [(r["line"], r["column"], r["reason"]) for r in found.rejects] == [(4, "created", "ambiguous_date")]
    assert b'"id":"007"' in found.rejects[0]["raw"]


def test_numbers_and_dates_of_cells_do_not_depend_on_the_settings(load, accounts, book):
    found = load(book, accounts, decimal=",", date_format="%d.%m.%Y")
    assert found.column("revenue") == [Decimal("10.25"), None]
    assert found.column("created_at")[1] == datetime(2026, 1, 2)


def test_a_named_sheet(load, book):
    assert load(book, {"account": {"account_id": "id"}}, sheet="Other").column("account_id") == ["x"]
    with pytest.raises(BadFile, match="no sheet 'Nope'; there are notes, Accounts, Other"):
        load(book, {"account": {"account_id": "id"}}, sheet="Nope")


def changed(book: Path, part: str, edit) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        assert part in old.namelist()
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, edit(data) if name == part else data)
    return out.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a4_entities_are_refused(load, accounts, book, part):
    data = changed(book, part, lambda xml: LAUGHS + xml[xml.find(b"?>") + 2 if xml.startswith(b"<?xml") else 0 :])
    with pytest.raises(BadFile, match="document type"):
        load(data, accounts, "evil.xlsx")


def test_a4_a_document_type_behind_much_white_space_expands_nothing(load, accounts, book):
    data = changed(
        book, "xl/worksheets/sheet2.xml", lambda xml: b" " * 100_000 + LAUGHS + xml.replace(b"Ann", b"&c;&b;")
    )
    try:
        names = load(data, accounts, "evil.xlsx").column("name")
    except BadFile:
        return
    assert not any(name and ("root:" in name or "haha" in name) for name in names)


def test_a3_a_workbook_that_unpacks_too_far_is_refused(load, accounts, book, monkeypatch):
    monkeypatch.setattr(limits, "RATIO_GRACE_BYTES", 100_000)
    data = changed(book, "xl/worksheets/sheet2.xml", lambda xml: xml + b" " * 20_000_000)
    with pytest.raises(TooLarge, match="unpack"):
        load(data, accounts, "bomb.xlsx")


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused(load, accounts, data):
    with pytest.raises(BadFile, match="not a readable spreadsheet"):
        load(data, accounts, "x.xlsx")


def test_an_empty_workbook_has_no_rows(load, accounts, tmp_path):
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    assert load(tmp_path / "empty.xlsx", accounts).rows_in == 0


def test_a_table_in_the_middle_of_a_sheet(load, tmp_path):
    made = openpyxl.Workbook()
    for cell, value in {"B3": "id", "C3": "name", "B4": 1, "C4": "x", "B7": 2}.items():
        made.active[cell] = value
    made.save(tmp_path / "middle.xlsx")
    found = load(tmp_path / "middle.xlsx", {"account": {"account_id": "id", "name": "name"}})
    assert [(row["_line"], row["account_id"], row["name"]) for row in found.rows] == [(4, "1", "x"), (7, "2", None)]


def test_b10_a_very_long_cell_is_one_reject(load, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_LINE_BYTES", 1_000)
    made = openpyxl.Workbook()
    for row in (["id", "name"], [1, "x" * 2_000], [2, "y"]):
        made.active.append(row)
    made.save(tmp_path / "long.xlsx")
    found = load(tmp_path / "long.xlsx", {"account": {"account_id": "id", "name": "name"}})
    assert (found.reasons, found.column("account_id")) == ({2: "too_long"}, ["2"])
