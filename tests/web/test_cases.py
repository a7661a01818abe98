"""The page of a case and its document: what is written stands there as text, history keeps what it was."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import httpx
import pytest

from .conftest import OWNER
from .server import Served, post

NOTHING = {"root_cause": "", "success_criterion": "", "impact": "", "lessons": "", "stake": "",
           "outcome": "in_progress", "next_review": ""}


@pytest.fixture(scope="module")
def listed(application: Served) -> list[dict[str, Any]]:
    words = [sys.executable, "-m", "holdfast", "actions", "--json", "-w", str(application.folder)]
    found: list[dict[str, Any]] = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    return found


@pytest.fixture(scope="module")
def key(listed: list[dict[str, Any]]) -> str:
    """A case of the CSM with a clock, so with a plan."""
    return next(row["account_id"] for row in listed if row["account_owner"] == OWNER and row["clock"])


def write(client: httpx.Client, key: str, page: str = "", **values: str) -> httpx.Response:
    shown = page or f"/cases/{key}"
    version = re.search(r'name="version" value="(\d+)"', client.get(shown).text)
    given = {**NOTHING, "version": version.group(1) if version else "0"} | values
    return post(client, f"/cases/{key}/words", page=shown, **given)


def test_what_is_written_stands_on_the_page_and_what_it_was_in_the_history(browsers: Any, key: str) -> None:
    client = browsers["csm"]
    assert "Not written yet" in client.get(f"/cases/{key}").text
    first = {"root_cause": "The champion left", "stake": "1234.5", "outcome": "in_progress"}
    assert write(client, key, **first).headers["location"] == f"/cases/{key}"
    assert write(client, key, root_cause="Nobody took over", outcome="saved").status_code == 302
    page = client.get(f"/cases/{key}").text
    words, history = page.split('id="h-history"')
    assert "Nobody took over" in words
    assert "The champion left" not in words
    assert re.search(r"before: <span class=\"said-text\">The champion left", history)
    assert "Written up: root cause, revenue at stake, outcome of the account" in history
    assert "Saved" in history
    panel = client.get(f"/worklist/panel/{key}").text
    assert "Written up" in panel
    assert f'href="/cases/{key}/document"' in panel


def test_who_is_late_keeps_the_text_but_not_the_case(browsers: Any, key: str) -> None:
    client = browsers["csm"]
    answer = write(client, key, version="0", root_cause="words of somebody who is late")
    assert answer.status_code == 400
    assert "words of somebody who is late" in answer.text
    assert "words of somebody who is late" not in client.get(f"/cases/{key}").text


@pytest.mark.parametrize("values", [
    {"stake": "-1"}, {"stake": "much"}, {"outcome": "lost"}, {"outcome": ""}, {"next_review": "soon"},
    {"lessons": "x" * 3_001}, {"version": "x"},
])
def test_what_cannot_be_kept_is_said(browsers: Any, key: str, values: dict[str, str]) -> None:
    before = browsers["csm"].get(f"/cases/{key}").text.count("Written up")
    assert write(browsers["csm"], key, **{"impact": "two sites", **values}).status_code == 400
    assert browsers["csm"].get(f"/cases/{key}").text.count("Written up") == before


def test_the_document_holds_what_the_sources_and_the_people_say(
    application: Served, browsers: Any, listed: Any, key: str
) -> None:
    client = browsers["csm"]
    write(client, key, root_cause="<script>alert(1)</script>", success_criterion="Weekly use above 30",
          lessons="Two champions", stake="99000", next_review="2026-12-24", impact="Two sites wait")
    page = client.get(f"/cases/{key}/document").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    for words in ("Weekly use above 30", "Two champions", "€99,000 a year", "Thu 24 Dec 2026", "Two sites wait"):
        assert words in page
    row = next(one for one in listed if one["account_id"] == key)
    told = page.replace("&#x27;", "'").replace("\u00a0", " ").replace("&nbsp;", " ")
    for step in row["findings"]:
        assert (step["evidence"] or step["label"]).replace("\u00a0", " ") in told
    words = [sys.executable, "-m", "holdfast", "account", key, "--json", "-w", str(application.folder)]
    account = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    assert f"{account['score']:.1f} of 100" in page
    assert f"was {account['change']['from_score']:.1f} on" in page
    heads = re.findall(r"<h2>([^<]+)</h2>", page)
    assert heads[:4] == ["Risk and evidence", "Root cause", "Impact", "Stakeholders"]
    assert heads[-3:] == ["Success criterion", "Lessons", "Keys"]


def test_a_foreign_case_is_as_if_it_were_not_there(browsers: Any, listed: Any, key: str) -> None:
    foreign = next(row["account_id"] for row in listed if row["account_owner"] != OWNER)
    for name in (foreign, "no-such-account"):
        assert browsers["csm"].get(f"/cases/{name}").status_code == 404
        assert browsers["csm"].get(f"/cases/{name}/document").status_code == 404
        assert write(browsers["csm"], name, page=f"/cases/{key}", impact="x").status_code == 404
    assert write(browsers["executive"], key, page="/accounts", impact="x").status_code == 403


def test_the_audit_log_names_the_fields_and_not_the_words(browsers: Any, key: str) -> None:
    write(browsers["csm"], key, lessons="words that stay out of the log")
    page = browsers["administrator"].get("/audit").text
    assert "described" in page
    assert "lessons" in page
    assert "words that stay out of the log" not in page


def test_the_own_newest_words_are_taken_back_and_nobody_else_s(browsers: Any, key: str) -> None:
    client, path = browsers["csm"], f"/cases/{key}/words/undo"
    write(client, key, root_cause="what stood there before")
    write(client, key, root_cause="what was a mistake")
    assert "Take back my last change" not in browsers["operations"].get(f"/cases/{key}").text
    assert post(browsers["operations"], path, page=f"/cases/{key}").status_code == 302
    assert "what was a mistake" in client.get(f"/cases/{key}").text.split('id="h-history"')[0]
    assert post(client, path, page=f"/cases/{key}").status_code == 302
    words, history = client.get(f"/cases/{key}").text.split('id="h-history"')
    assert "what stood there before" in words
    assert "what was a mistake" not in words
    assert "what was a mistake" in history
    assert post(client, "/cases/no-such-account/words/undo", page=f"/cases/{key}").status_code == 404
