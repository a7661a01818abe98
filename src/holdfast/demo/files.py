"""Writing exports byte for byte the same each time, and knowing the line of every row."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from .bad_rows import BadRow, Ledger, places, woven


class Folder:
    """The folder of the company; counts rows and notes planted ones."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ledger = Ledger()
        self.rows: dict[str, int] = {}

    def path(self, name: str) -> Path:
        """The path of a file, its folder made."""
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def lines(
        self,
        name: str,
        header: str | None,
        rows: Sequence[str],
        bad: Sequence[BadRow] = (),
        encoding: str = "utf-8",
        newline: str = "\n",
    ) -> None:
        """Write a text export; ``rows`` are whole records, which may hold line breaks."""
        end = newline.encode()
        spots, last = places(bad, len(rows))
        line = 1
        with self.path(name).open("wb") as out:
            if header is not None:
                out.write(header.encode(encoding) + end)
                line += 1
            for data, planted in woven((r.encode(encoding) for r in rows), spots):
                if planted:
                    self.ledger.note(name, line, planted)
                out.write(data + end)
                line += data.count(b"\n") + 1
            for planted in last:
                self.ledger.note(name, line, planted)
                out.write(planted.data + end)
                line += planted.data.count(b"\n") + 1
        self.rows[name] = len(rows) + len(spots) + len(last)

    def text(self, name: str, content: str) -> None:
        """Write a small file as it is."""
        self.path(name).write_bytes(content.encode())


def cell(value: Any, delimiter: str = ",") -> str:
    """A CSV cell, quoted where it must be.

    >>> cell('say "hi", then go')
    '"say ""hi"", then go"'
    """
    text = "" if value is None else str(value)
    if delimiter in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def csv_rows(columns: Sequence[Iterable[Any]], delimiter: str = ",") -> list[str]:
    """Rows of a CSV from its columns."""
    return [delimiter.join([cell(v, delimiter) for v in row]) for row in zip(*columns, strict=True)]


def json_rows(names: Sequence[str], columns: Sequence[Iterable[Any]]) -> list[str]:
    """Rows of a JSONL file; empty values are left out."""
    return [
        json.dumps({k: v for k, v in zip(names, row, strict=True) if v is not None and v != ""}, ensure_ascii=False)
        for row in zip(*columns, strict=True)
    ]


def gzip_writer(raw: BinaryIO) -> gzip.GzipFile:
    """A gzip stream without name or time in its header."""
    return gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=raw, mtime=0)


def write_xlsx(path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]], dates: frozenset[int]) -> None:
    """A one-sheet workbook. Numbers in the columns ``dates`` are Excel serials shown as date and time."""
    body = BytesIO()
    body.write(_SHEET_HEAD.encode())
    for number, row in enumerate([list(header), *rows], start=1):
        cells = "".join(_xlsx_cell(number, i, v, i in dates) for i, v in enumerate(row))
        body.write(f'<row r="{number}">{cells}</row>'.encode())
    body.write(b"</sheetData></worksheet>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in (_PARTS | {"xl/worksheets/sheet1.xml": body.getvalue().decode()}).items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(info, content)


def _xlsx_cell(row: int, column: int, value: Any, dated: bool) -> str:
    place = f"{chr(65 + column)}{row}"
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    style = ' s="1"' if dated else ""
    return f'<c r="{place}"{style}><v>{value}</v></c>'


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_HEAD = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Responses" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
    '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
