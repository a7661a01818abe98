"""Notes on the account page: who writes, who reads, what stays, and that a text is never markup."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from .conftest import OWNER
from .server import Served, company_day, post

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> & \"quotes\""


@pytest.fixture(scope="module")
def mine(browsers: dict[str, httpx.Client]) -> str:
    """An account of the CSM."""
    found = re.search(r'href="/accounts/([^"/?]+)"', browsers["csm"].get("/accounts").text)
    assert found is not None
    return found.group(1)


def write(client: httpx.Client, account: str, text: str, day: str = "", **more: str) -> httpx.Response:
    path = f"/accounts/{account}"
    page = more.pop("page", path)
    return post(client, f"{path}/notes", page=page, text=text, day=day or shown_day(client, account), **more)


def shown_day(client: httpx.Client, account: str) -> str:
    """The day that the page offers for a new note."""
    found = re.search(r'name="day" required max="[^"]+" value="([^"]+)"', client.get(f"/accounts/{account}").text)
    assert found is not None
    return found.group(1)


def newest(client: httpx.Client, account: str) -> tuple[str, str, str]:
    """Page, key and number of the newest note."""
    page = client.get(f"/accounts/{account}").text
    found = re.search(r'name="note" value="(\w+)"><input type="hidden" name="number" value="(\d+)"', page)
    assert found is not None
    return page, found.group(1), found.group(2)


def test_a_note_stands_on_the_page_the_chart_and_between_the_two_days(browsers: Any, mine: str) -> None:
    client = browsers["csm"]
    day = (date.fromisoformat(shown_day(client, mine)) - timedelta(days=1)).isoformat()
    answer = write(client, mine, "Gate list is wrong", day, back="since=7d&host=//elsewhere.example")
    assert answer.headers["location"] == f"/accounts/{mine}?since=7d#notes"
    page = client.get(f"/accounts/{mine}").text
    found = re.search(r'<li id="note-(\w+)"><p class="said-text">Gate list is wrong', page)
    assert found is not None
    key = found.group(1)
    assert OWNER.split("@")[0].split(".")[0].casefold() in page.casefold()
    picture = page[page.index('id="h-change"'):page.index('id="h-green"')]
    assert f'<a href="#note-{key}">Gate list is wrong (' in picture
    assert ">Notes</text>" in picture
    assert "Gate list is wrong</text>" in picture


def test_an_edit_keeps_the_earlier_version_in_sight(browsers: Any, mine: str) -> None:
    client = browsers["csm"]
    write(client, mine, "first words of it")
    _, key, number = newest(client, mine)
    assert write(client, mine, "second words of it", note=key, number=number).status_code == 302
    page, _, number = newest(client, mine)
    assert number == "2"
    assert "edited once" in page
    assert "Earlier versions" in page
    assert "first words of it" in page
    late = write(client, mine, "words of somebody who is late", note=key, number="1")
    assert late.status_code == 409
    assert "words of somebody who is late" in late.text
    assert "second words of it" in late.text
    assert "words of somebody who is late" not in client.get(f"/accounts/{mine}").text


def test_what_cannot_be_kept_is_shown_again(browsers: Any, mine: str) -> None:
    client = browsers["csm"]
    ahead = (company_day() + timedelta(days=9)).isoformat()
    for day in (ahead, "soon"):
        answer = write(client, mine, "about another day", day)
        assert answer.status_code == 400
        assert "about another day" in answer.text
    assert write(client, mine, "   ").status_code == 400
    assert write(client, mine, "x" * 4_001).status_code == 400
    assert "about another day" not in client.get(f"/accounts/{mine}").text


def test_a_note_is_text_and_never_markup(browsers: Any, mine: str) -> None:
    client = browsers["csm"]
    write(client, mine, HOSTILE)
    page, key, _ = newest(client, mine)
    again = write(client, mine, HOSTILE, note=key, number="77").text
    for text in (page, again):
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_readers_without_personal_data_see_that_there_is_a_note_and_nobody_else_writes(
    browsers: Any, mine: str
) -> None:
    write(browsers["csm"], mine, "Mrs Sandmann cannot sign")
    assert "Mrs Sandmann cannot sign" in browsers["operations"].get(f"/accounts/{mine}").text
    for role in ("executive", "data"):
        page = browsers[role].get(f"/accounts/{mine}").text
        assert "The text is not shown to your role" in page
        assert "Sandmann" not in page
        assert "Add a note" not in page
        answer = post(browsers[role], f"/accounts/{mine}/notes", page="/accounts", text="x", day="2026-01-01")
        assert answer.status_code == 403


def test_a_foreign_account_takes_no_note(browsers: Any, application: Served, mine: str) -> None:
    everybody = set(re.findall(r'href="/accounts/([^"/?]+)"', browsers["administrator"].get("/accounts").text))
    own = set(re.findall(r'href="/accounts/([^"/?]+)"', browsers["csm"].get("/accounts").text))
    foreign = sorted(everybody - own)[0]
    for account in (foreign, "no-such-account"):
        answer = post(browsers["csm"], f"/accounts/{account}/notes", page=f"/accounts/{mine}", text="x",
                      day="2026-01-01")
        assert answer.status_code == 404
    assert "Nobody has written a note" in browsers["administrator"].get(f"/accounts/{foreign}").text


def test_the_audit_log_names_the_act_and_not_the_text(browsers: Any, mine: str) -> None:
    write(browsers["csm"], mine, "words that stay out of the log")
    page = browsers["administrator"].get("/audit").text
    assert "wrote" in page
    assert f"note {mine}" in page
    assert "words that stay out of the log" not in page
