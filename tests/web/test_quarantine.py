"""Rows that were kept out, corrected in the browser: downloaded, uploaded, tried again; bad files are refused."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import httpx
import pytest

from .server import TOKEN

PAGE = "/data/quarantine/of/csm_emails"
CSV = "/data/quarantine.csv?source=csm_emails"


def rows(client: httpx.Client) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(CSV).text)))


def written(given: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(given[0]))
    writer.writeheader()
    writer.writerows(given)
    return text.getvalue().encode()


def upload(client: httpx.Client, content: bytes | None, **values: str) -> str:
    """Send a corrected file; what the page says then."""
    token = TOKEN.search(client.get("/data").text)
    assert token is not None
    files: Any = {"file": ("rows.csv", content)} if content is not None else {"other": ("x", b"")}
    answer = client.post("/data/quarantine/replay", files=files, data={
        "csrfmiddlewaretoken": token.group(1), "source": "csm_emails", **values})
    assert (answer.status_code, answer.headers.get("location")) == (302, PAGE), answer.text
    said = re.search(r'<div class="said" role="status">(.*?)</div>', client.get(PAGE).text, re.DOTALL)
    assert said is not None
    return re.sub(r"<[^>]+>", "", said.group(1)).replace("&#x27;", "'")


def test_the_data_page_leads_to_the_rows_of_each_source(browsers: dict[str, httpx.Client]) -> None:
    client = browsers["operations"]
    assert f'href="{PAGE}"' in client.get("/data").text
    page = client.get(PAGE).text
    assert "2026-04-31" in page
    assert "The value is not a date" in page
    assert "next run" in page


@pytest.mark.parametrize(("content", "words"), [
    (None, "no file was chosen"),
    (b"", "the column 'batch_id' is missing"),
    (b"batch_id,row\n", "the column 'raw' is missing"),
    (b"batch_id,row,raw\n", "the file holds no row"),
    (b"\xff\xfe\x00,row,raw\n", "the file is not text in UTF-8"),
    (b"batch_id,row,raw\nb1,x,a\n", "'x' in the column row is not a number"),
    ("batch_id,row,raw\nb1,²,a\n".encode(), "in the column row is not a number"),
    (b"batch_id,row,raw\nb1," + b"9" * 40 + b",a\n", "in the column row is not a number"),
    (b"batch_id,row,raw\nb1,1,a\nb1,1,b\n", "row 1 of batch b1 stands in it twice"),
])
def test_a_bad_file_changes_nothing_and_says_why(
    browsers: dict[str, httpx.Client], content: bytes | None, words: str
) -> None:
    said = upload(browsers["operations"], content)
    assert "Nothing was changed." in said
    assert words in said


def test_rows_that_are_not_in_quarantine_are_counted(browsers: dict[str, httpx.Client]) -> None:
    said = upload(browsers["operations"], b"batch_id,row,raw\nno-such-batch,1,a\n")
    assert "1 row in the file: 0 kept" in said
    assert "1 not in quarantine, or not any more" in said


def test_corrected_rows_move_to_kept_and_the_others_stay(browsers: dict[str, httpx.Client]) -> None:
    client = browsers["operations"]
    found = rows(client)
    bad = next(row for row in found if "2026-04-31" in row["raw"])
    other = next(row for row in found if row["reason"] == "not_in_list")
    said = upload(client, written([bad | {"raw": bad["raw"].replace("2026-04-31", "2026-04-30")}, other]))
    assert "2 rows in the file: 1 kept, 0 known already, 0 filtered, 1 still in quarantine." in said
    assert "The next run takes up what was kept." in said
    left = rows(client)
    assert len(left) == len(found) - 1
    assert not any("2026-04-31" in row["raw"] for row in left)
    assert any(row["raw"] == other["raw"] for row in left)
    log = browsers["administrator"].get("/audit").text
    assert "replayed" in log
    assert "1 of 2 rows" in log


def test_who_may_not_see_personal_data_sees_reasons_only(browsers: dict[str, httpx.Client]) -> None:
    raw = next(row["raw"] for row in rows(browsers["operations"]) if row["raw"].startswith("EM"))
    page = browsers["data"].get(PAGE).text
    assert raw.split(",")[0] not in page
    assert "your role does not see" in page
    assert 'type="file"' not in page
    assert browsers["csm"].get(PAGE).status_code == 403
